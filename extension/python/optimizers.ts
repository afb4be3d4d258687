/** The optimizers in Python. */
import { DefinitionError } from '../lab/errors.ts';
import type { AnyOptimizerDescription } from '../lab/optimizers/index.ts';
import { exampleCounts } from '../lab/problems/index.ts';
import { fisherArguments, type Setting } from './fisher.ts';
import { callText, pythonFloat } from './literals.ts';
import type { PartName } from './parts.ts';
import type { ScriptParts } from './scriptParts.ts';

/**
 * The optimizer as an expression.
 * @throws DefinitionError for one that cannot be exported
 */
export function optimizerText(optimizer: AnyOptimizerDescription, setting: Setting, script: ScriptParts): string {
  const make = (name: string, part: PartName, values: Record<string, string | null>) => {
    script.need(part);
    return callText(name, values);
  };
  switch (optimizer.type) {
    case 'gd': {
      const { normalized } = optimizer;
      const rate = pythonFloat(optimizer.rate);
      const isBatched = optimizer.batch !== null && optimizer.batch < exampleCounts(setting.problem).train;
      const batch = isBatched ? String(optimizer.batch) : null;
      if (normalized) return make('NormalizedGradientDescent', 'normalizedGradientDescent', { rate, batch });
      if (!isBatched) return make('GradientDescent', 'gradientDescent', { rate });
      return make('StochasticGradientDescent', 'stochasticGradientDescent', { rate, batch });
    }
    case 'momentum':
      return make('Momentum', 'momentum', numbers({ rate: optimizer.rate, momentum: optimizer.momentum }));
    case 'adam': {
      requireNoBalance(setting);
      const { rate, beta1, beta2, epsilon } = optimizer;
      return make('Adam', 'adam', numbers({ rate, beta1, beta2, epsilon }));
    }
    case 'signDescent':
      requireNoBalance(setting);
      return make('SignDescent', 'signDescent', numbers({ rate: optimizer.rate }));
    case 'kfac':
      return make('KFAC', 'kfac', numbers({ rate: optimizer.rate, damping: optimizer.damping }));
    case 'ngd':
      return make('NaturalGradientDescent', 'naturalGradientDescent', {
        ...numbers({ rate: optimizer.rate }),
        ...fisherArguments(optimizer, setting, script),
      });
    case 'gradientFlow': {
      const { until, rtol, atol } = optimizer;
      return make('GradientFlow', 'gradientFlow', numbers({ until, rtol, atol }));
    }
    case 'naturalGradientFlow': {
      const { until, rtol, atol } = optimizer;
      return make('NaturalGradientFlow', 'naturalGradientFlow', {
        ...numbers({ until, rtol, atol }),
        ...fisherArguments(optimizer, setting, script),
      });
    }
  }
}

function numbers(values: Record<string, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, pythonFloat(value)]));
}

/** The signs of singular vectors are a matter of the library; these optimizers depend on them. */
function requireNoBalance({ programs }: Setting): void {
  const [balanced] = programs.find(
    ([, { initialization }]) => initialization.kind === 'factors' && initialization.form === 'balanced',
  ) ?? [null];
  if (balanced === null) return;
  throw new DefinitionError(
    `this optimizer moves each coordinate by itself, and the start of '${balanced}' comes from a singular value decomposition, whose signs differ between the lab and NumPy`,
    { hint: "Use init: 'orthogonal' or given matrices, or leave out this optimizer." },
  );
}
