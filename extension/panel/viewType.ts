/** The view types of the panels, by which VS Code restores them. */
export const RESULTS_VIEW_TYPE = 'depthLab.results';
export const EXPERIMENTS_VIEW_TYPE = 'depthLab.experiments';

export const viewTypes = [RESULTS_VIEW_TYPE, EXPERIMENTS_VIEW_TYPE] as const;

export type ViewType = (typeof viewTypes)[number];
