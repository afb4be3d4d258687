/** The tools, as the manifest names them. */
export const toolNames = ['depthLab_listExperiments', 'depthLab_runExperiment', 'depthLab_readResults'] as const;

export type ToolName = (typeof toolNames)[number];
