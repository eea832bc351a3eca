/** Whether a value can stand in a path as one part of it: `..` leads elsewhere, escaped or not, and half a character can't be escaped. */
export function isPathPart(value: string): boolean {
  return value !== '' && value !== '.' && value !== '..' && value.isWellFormed();
}
