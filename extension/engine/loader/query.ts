/** The query parameter that marks user modules; its value is the load number. */
export const LOAD_QUERY = 'lab';
