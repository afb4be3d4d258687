/**
 * Batches of training examples. Each epoch's order is drawn from its own random stream, so that the batch of a step
 * depends only on the step number.
 */
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { RandomStream } from '../../random.ts';
import type { Model } from '../model.ts';

export interface Batches {
  outputs: NodeId;
  targets: NodeId;
  /** Ratio of the batch's mean loss to the mean loss over `outputs`. */
  factor: number;
  /** Storage that is written before each step. */
  states: NodeId[];
  feed(module: CompiledModule): Feed;
}

export interface Feed {
  /** Steps fed so far. */
  position: number;
  /** Writes the next batch to memory. */
  next(): void;
}

/** Batches of `size` examples, fewer than the training set. */
export function batchesOf(model: Model, size: number, seed: number): Batches {
  return model.data.train.kind === 'rows' ? copiedRows(model, size, seed) : maskedEntries(model, size, seed);
}

/** Copies the rows of the batch, so that the cost of a step is that of `size` examples. */
function copiedRows(model: Model, size: number, seed: number): Batches {
  const { g, data } = model;
  if (data.train.kind !== 'rows') throw new Error('only rows can be copied');
  const { dimension, values, count } = data.train;
  const inputs = g.state('batch inputs', [size, dimension]);
  const targets = g.state('batch targets', [size]);
  const feed = (module: CompiledModule) => {
    const [x, y] = [module.view(inputs), module.view(targets)];
    return feedWith(new BatchOrder(seed, count, size), (batch) => {
      for (let b = 0; b < size; b++) {
        const row = batch[b];
        x.set(values.subarray(row * dimension, (row + 1) * dimension), b * dimension);
        y[b] = data.trainTargets[row];
      }
    });
  };
  return { outputs: model.outputsAt(inputs).outputs, targets, factor: 1, states: [inputs, targets], feed };
}

/**
 * The whole matrix is computed; entries outside of the batch use their own value as target, so that their gradient is
 * 0.
 */
function maskedEntries({ g, data, trainOutputs }: Model, size: number, seed: number): Batches {
  const count = data.train.count;
  const mask = g.state('batch mask', [count]);
  const targets = g.select(mask, g.constant(data.trainTargets, [count]), trainOutputs);
  const feed = (module: CompiledModule) => {
    const isIn = module.view(mask);
    return feedWith(new BatchOrder(seed, count, size), (batch) => {
      isIn.fill(0);
      for (const entry of batch) isIn[entry] = 1;
    });
  };
  return { outputs: trainOutputs, targets, factor: count / size, states: [mask], feed };
}

function feedWith(order: BatchOrder, write: (batch: Int32Array) => void): Feed {
  return {
    position: 0,
    next() {
      write(order.batch(this.position++));
    },
  };
}

/** All examples in random order, epoch after epoch; an incomplete last batch of an epoch is dropped. */
class BatchOrder {
  private epoch = -1;
  private order: Int32Array = new Int32Array();

  constructor(
    private readonly seed: number,
    private readonly count: number,
    private readonly size: number,
  ) {}

  batch(step: number): Int32Array {
    const perEpoch = Math.floor(this.count / this.size);
    const epoch = Math.floor(step / perEpoch);
    if (epoch !== this.epoch) {
      this.order = new RandomStream(this.seed, `batches of epoch ${epoch}`).permutation(this.count);
      this.epoch = epoch;
    }
    const at = (step % perEpoch) * this.size;
    return this.order.subarray(at, at + this.size);
  }
}
