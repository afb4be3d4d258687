/** The view type of the results panel, by which VS Code restores it. */
export const RESULTS_VIEW_TYPE = 'depthLab.results';
