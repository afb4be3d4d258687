/** By this name VS Code knows the results panel, also in a window that it restores. */
export const RESULTS_VIEW_TYPE = 'depthLab.results';
