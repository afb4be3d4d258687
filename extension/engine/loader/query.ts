/** The query that marks a module of the user's; its value counts loads. */
export const LOAD_QUERY = 'lab';
