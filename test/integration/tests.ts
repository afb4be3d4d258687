/** Every file of integration tests. */
import './activation.test.ts';
import './copyAsPython.test.ts';
import './completion.test.ts';
import './engine.test.ts';
import './extension.test.ts';
import './hovers.test.ts';
import './languageModel.test.ts';
import './lenses.test.ts';
import './quickFixes.test.ts';
import './runs.test.ts';
import './testExplorer.test.ts';
import './types.test.ts';
