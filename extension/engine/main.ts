/** The engine process. The first evaluator starts while the engine itself is still being loaded. */
import { compileEarly } from './compileEarly.ts';
import { Evaluators } from './evaluation/evaluators.ts';
import { FOR_ONE } from './protocol.ts';

compileEarly();

const script = (name: string) => new URL(`./${name}.js`, import.meta.url);
const evaluators = new Evaluators(script('evaluator'), process.argv.includes(FOR_ONE));
const { serve } = await import('./serve.ts');
serve(evaluators, script);
