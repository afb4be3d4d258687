/** What each optimizer makes of a gradient, as nodes of the graph. */
import type { GraphBuilder } from '../../compiler/builder.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { Adam, Momentum } from '../../optimizers/optimizer.ts';

export interface Step {
  /** Δθ of each parameter. */
  updates: NodeId[];
  /** What the optimizer remembers from step to step: it starts at 0. */
  memory: { state: NodeId; next: NodeId }[];
}

/** Longest normalized step, as a share of max(1, ‖θ‖). */
const LONGEST_STEP = 0.1;

export function plainStep(g: GraphBuilder, gradients: readonly NodeId[], rate: number): Step {
  return { updates: gradients.map((gradient) => g.multiply(g.scalar(-rate), gradient)), memory: [] };
}

/** −rate · ∇L / L, no longer than {@link LONGEST_STEP} · max(1, ‖θ‖). */
export function normalizedStep(
  g: GraphBuilder,
  parameters: readonly NodeId[],
  { gradients, loss }: { gradients: NodeId[]; loss: NodeId },
  rate: number,
): Step {
  // At loss 0 there is nowhere to go.
  const factor = g.select(g.binary('greater', loss, g.scalar(0)), g.divide(g.scalar(-rate), loss), g.scalar(0));
  const longest = g.multiply(g.scalar(LONGEST_STEP), g.binary('max', g.scalar(1), norm(g, parameters)));
  const length = g.multiply(g.unary('abs', factor), norm(g, gradients));
  const shortened = g.select(
    g.binary('greater', length, longest),
    g.multiply(factor, g.divide(longest, length)),
    factor,
  );
  return { updates: gradients.map((gradient) => g.multiply(shortened, gradient)), memory: [] };
}

export function momentumStep(g: GraphBuilder, gradients: readonly NodeId[], { rate, momentum }: Momentum): Step {
  const memory = gradients.map((gradient) => {
    const velocity = g.state('velocity', g.shapeOf(gradient));
    const kept = g.multiply(g.scalar(momentum), velocity);
    return { state: velocity, next: g.subtract(kept, g.multiply(g.scalar(rate), gradient)) };
  });
  return { updates: memory.map(({ next }) => next), memory };
}

export function adamStep(g: GraphBuilder, gradients: readonly NodeId[], { rate, beta1, beta2, epsilon }: Adam): Step {
  /** The running mean of `value`, and what it is to be divided by: both are means of what came so far. */
  const running = (name: string, beta: number, value: NodeId) => {
    const state = g.state(name, g.shapeOf(value));
    const next = g.add(g.multiply(g.scalar(beta), state), g.multiply(g.scalar(1 - beta), value));
    return { state, next };
  };
  // 1 − βᵗ is the running mean of 1.
  const shares = [beta1, beta2].map((beta) => running('share', beta, g.scalar(1)));
  const means = gradients.map((gradient) => running('mean', beta1, gradient));
  const squares = gradients.map((gradient) => running('mean square', beta2, g.multiply(gradient, gradient)));
  const updates = gradients.map((_, i) => {
    const mean = g.divide(means[i].next, shares[0].next);
    const root = g.unary('sqrt', g.divide(squares[i].next, shares[1].next));
    return g.multiply(g.scalar(-rate), g.divide(mean, g.add(root, g.scalar(epsilon))));
  });
  return { updates, memory: [...shares, ...means, ...squares] };
}

export function signStep(g: GraphBuilder, gradients: readonly NodeId[], rate: number): Step {
  return {
    updates: gradients.map((gradient) => g.multiply(g.scalar(-rate), g.unary('sign', gradient))),
    memory: [],
  };
}

function norm(g: GraphBuilder, parts: readonly NodeId[]): NodeId {
  return g.unary(
    'sqrt',
    parts.map((part) => g.sum(g.multiply(part, part))).reduce((a, b) => g.add(a, b)),
  );
}
