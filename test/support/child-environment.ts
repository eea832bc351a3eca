/** What every process that a test starts is told, beside what the test says. */
export const childEnvironment: Readonly<Record<string, string>> = { PATH: process.env['PATH'] ?? '' };
