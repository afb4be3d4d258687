/** The optimizers in Python. */
import { DefinitionError } from '../lab/errors.ts';
import type { AnyOptimizerDescription } from '../lab/optimizers/index.ts';
import { exampleCounts } from '../lab/problems/index.ts';
import { fisherArguments, type Setting } from './fisher.ts';
import { callText, pythonFloat } from './literals.ts';
import type { PartName } from './parts.ts';
import type { ScriptParts } from './scriptParts.ts';

type Description<T extends AnyOptimizerDescription['type']> = Extract<AnyOptimizerDescription, { type: T }>;

/** What a form is given besides the optimizer. */
interface Context {
  setting: Setting;
  script: ScriptParts;
  /** The call of a class that a part defines. */
  make(name: string, part: PartName, values: Record<string, string | null>): string;
}

/** The form of each optimizer in Python. */
const forms: { [T in AnyOptimizerDescription['type']]?: (optimizer: Description<T>, context: Context) => string } = {
  gd({ normalized, ...optimizer }, { setting, make }) {
    const rate = pythonFloat(optimizer.rate);
    const isBatched = optimizer.batch !== null && optimizer.batch < exampleCounts(setting.problem).train;
    const batch = isBatched ? String(optimizer.batch) : null;
    if (normalized) return make('NormalizedGradientDescent', 'normalizedGradientDescent', { rate, batch });
    if (!isBatched) return make('GradientDescent', 'gradientDescent', { rate });
    return make('StochasticGradientDescent', 'stochasticGradientDescent', { rate, batch });
  },
  momentum: ({ rate, momentum }, { make }) => make('Momentum', 'momentum', numbers({ rate, momentum })),
  adam({ rate, beta1, beta2, epsilon }, { setting, make }) {
    requireNoBalance(setting);
    return make('Adam', 'adam', numbers({ rate, beta1, beta2, epsilon }));
  },
  signDescent({ rate }, { setting, make }) {
    requireNoBalance(setting);
    return make('SignDescent', 'signDescent', numbers({ rate }));
  },
  kfac: ({ rate, damping }, { make }) => make('KFAC', 'kfac', numbers({ rate, damping })),
  ngd: (optimizer, { setting, script, make }) =>
    make('NaturalGradientDescent', 'naturalGradientDescent', {
      ...numbers({ rate: optimizer.rate }),
      ...fisherArguments(optimizer, setting, script),
    }),
  gradientFlow: ({ until, rtol, atol }, { make }) =>
    make('GradientFlow', 'gradientFlow', numbers({ until, rtol, atol })),
  naturalGradientFlow: ({ until, rtol, atol, ...fisher }, { setting, script, make }) =>
    make('NaturalGradientFlow', 'naturalGradientFlow', {
      ...numbers({ until, rtol, atol }),
      ...fisherArguments(fisher, setting, script),
    }),
};

/**
 * The optimizer as an expression.
 * @throws DefinitionError for one that cannot be exported
 */
export function optimizerText(optimizer: AnyOptimizerDescription, setting: Setting, script: ScriptParts): string {
  const form = forms[optimizer.type] as ((optimizer: AnyOptimizerDescription, context: Context) => string) | undefined;
  if (!form) throw new DefinitionError(`the optimizer '${optimizer.type}' has no form in Python yet`);
  const make = (name: string, part: PartName, values: Record<string, string | null>) => {
    script.need(part);
    return callText(name, values);
  };
  return form(optimizer, { setting, script, make });
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
