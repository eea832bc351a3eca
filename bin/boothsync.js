#!/usr/bin/env node
// Plain JavaScript that any Node can read: an older one would stumble over the sources before it could say why.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `boothsync needs Node 24 or newer; this is ${process.version}. Install the current LTS from https://nodejs.org.`,
  );
  process.exitCode = 1;
} else {
  await import('../dist/cli/main.js');
}
