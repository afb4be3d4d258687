/** The query that marks the URLs of user modules: `?lab=1`. */
export const LOAD_QUERY = 'lab';
