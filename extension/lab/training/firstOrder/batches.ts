/**
 * Batches of training examples. An epoch's order is drawn from a stream of its own, so that the batch of any step is
 * known from the step's number alone.
 */
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { RandomStream } from '../../random.ts';
import type { Model } from '../model.ts';

export interface Batches {
  outputs: NodeId;
  targets: NodeId;
  /** The mean loss of the batch is so many times the mean loss over `outputs`. */
  factor: number;
  /** Storage that is written before each step. */
  states: NodeId[];
  feed(module: CompiledModule): Feed;
}

export interface Feed {
  /** Steps fed so far. */
  position: number;
  /** Brings the next batch into memory. */
  next(): void;
}

/** Batches of `size` examples, fewer than there are. */
export function batchesOf(model: Model, size: number, seed: number): Batches {
  return model.data.train.kind === 'rows' ? copiedRows(model, size, seed) : maskedEntries(model, size, seed);
}

/** The rows of the batch are copied together: a step costs what `size` examples cost. */
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

/** Entries come with the whole matrix: those outside of the batch get their own value as target, and so no slope. */
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

/** All examples in random order, epoch after epoch; what is left of an epoch and fills no batch is left out. */
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
