// Runs one command of the platform: `node src/bin/prepare.mjs <command> [arguments]`.
// It installs what is missing and compiles what has changed first, and needs nothing but Node itself.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const dist = join(root, 'dist');
const sourceFolders = ['schema', 'src', 'rest-adapter', 'migrations', 'test', 'bench'];
const stampFile = join(dist, '.sources');
const clientStampFile = join(dist, '.client');
const lockFile = join(dist, '.lock');
const commands = ['server', 'worker', 'demo', 'migrate', 'auditVerify', 'rotateKeys', 'routes', 'emitSchema', 'test', 'build'];
/** The others serve no pages. */
const withClient = ['server', 'test', 'build'];

/** Ends the program with one sentence for the person at the terminal. */
function fail(sentence) {
  process.stderr.write(sentence + '\n');
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: install Node 20.19 or newer from https://nodejs.org and start again.`);
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether node_modules holds the versions of package-lock.json; optional packages may be of another system. */
function isInstalled() {
  try {
    const wanted = readJson(join(root, 'package-lock.json')).packages;
    const present = readJson(join(root, 'node_modules/.package-lock.json')).packages;
    return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) =>
      path === '' || optional || devOptional || peer || present[path]?.version === version);
  } catch {
    return false;
  }
}

/** Runs a program with a line that grows while it works, and shows its output only when it fails. */
async function runWithProgress(label, program, args, options = {}) {
  const startedAt = performance.now();
  process.stderr.write(`${label} …`);
  const dots = setInterval(() => process.stderr.write('.'), 2000);
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((done) => child.on('error', (error) => done(error.message)).on('close', done));
  clearInterval(dots);
  process.stderr.write(code === 0 ? ` ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n` : '\n');
  return { failed: code !== 0, output: output.trim() };
}

async function install() {
  // npm start tells where npm is; elsewhere the one on the path is taken, which Windows runs only through a shell.
  const npm = process.env.npm_execpath;
  const options = { shell: !npm && process.platform === 'win32' };
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { failed, output } = npm?.endsWith('npm-cli.js')
    ? await runWithProgress('Installing packages (first start only)', process.execPath, [npm, ...args], options)
    : await runWithProgress('Installing packages (first start only)', 'npm', args, options);
  if (failed) fail(`${output}\nThe packages could not be installed: see npm's message above, and start again.`);
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A short text that is another one after any of the files was changed, added or removed. */
function stampOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files.sort(), join(root, 'package-lock.json')]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const sourcesStamp = () =>
  stampOf([join(root, 'tsconfig.json'), ...sourceFolders.flatMap((folder) => filesIn(join(root, folder))).filter((file) => file.endsWith('.ts'))]);
const clientStamp = () => stampOf(filesIn(join(root, 'client')));

const holds = (file, stamp) => existsSync(file) && readFileSync(file, 'utf8') === stamp;
const isBuilt = () => holds(stampFile, sourcesStamp());
const isClientBuilt = () => existsSync(join(dist, 'client/index.html')) && holds(clientStampFile, clientStamp());

/** Runs a build and notes what it was made from; one that was cut off does not look finished. */
async function make(label, args, file, stamp, complaint) {
  rmSync(file, { force: true });
  const { failed, output } = await runWithProgress(label, process.execPath, args);
  if (failed) fail(`${output}\n${complaint}`);
  writeFileSync(file, stamp);
}

async function build() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await make('Compiling', [compiler], stampFile, sourcesStamp(), 'The sources do not compile: correct what the compiler names above.');
  removeOrphans();
}

async function buildClient() {
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', join(root, 'client'), '--logLevel', 'error'];
  await make('Building the web client', args, clientStampFile, clientStamp(), 'The web client cannot be built: correct what is named above.');
}

/** Deletes what was compiled from sources that are gone, so that no removed test runs on. */
function removeOrphans() {
  for (const folder of sourceFolders) {
    for (const file of filesIn(join(dist, folder))) {
      const source = relative(dist, file).replace(/\.js(\.map)?$/, '.ts');
      if (/\.js(\.map)?$/.test(file) && !existsSync(join(root, source))) rmSync(file);
    }
  }
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Waits while another living process installs or builds, then keeps others out until `work` is done. */
async function alone(work) {
  mkdirSync(dist, { recursive: true });
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = existsSync(lockFile) ? Number(readFileSync(lockFile, 'utf8')) : 0;
      // An empty file was made this instant; only a number that is nobody's is a leftover.
      if (holder && !isAlive(holder)) rmSync(lockFile, { force: true });
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  process.once('exit', () => rmSync(lockFile, { force: true }));
  await work();
  rmSync(lockFile, { force: true });
}

async function prepare(command) {
  const isReady = () => isBuilt() && (!withClient.includes(command) || isClientBuilt());
  if (isInstalled() && isReady()) return;
  await alone(async () => {
    if (!isInstalled()) await install();
    if (!isBuilt()) await build();
    if (!isReady()) await buildClient();
  }).catch((error) => fail(`${root} cannot be prepared (${error.code ?? error.message}): give this user the right to write there.`));
}

checkNode();
const [command, ...args] = process.argv.slice(2);
if (!commands.includes(command)) fail(`There is no command "${command ?? ''}": use one of ${commands.join(', ')}.`);
await prepare(command);
if (command !== 'build') {
  const program = join(dist, 'src/bin', `${command}.js`);
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, program, ...args];
  await import(pathToFileURL(program));
}
