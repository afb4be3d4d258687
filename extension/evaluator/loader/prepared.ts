/** Which of the user's files are prepared before Node executes them; all others are Node's own business. */
export const isPrepared = (file: string): boolean => /\.(m?ts|json)$|\.lab\.m?js$/.test(file);
