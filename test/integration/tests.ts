/** Every file of integration tests. */
import './extension.test.ts';
