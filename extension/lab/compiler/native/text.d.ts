/** A part of a program: the text of a file in C. */
declare module '*.c' {
  const text: string;
  export default text;
}
