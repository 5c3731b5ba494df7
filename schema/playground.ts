import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router, type RequestHandler } from 'express';
import { projectRoot } from '../src/root.js';

/** GraphiQL, served whole from this machine, so that it works where there is no network. */
const require = createRequire(import.meta.url);
const packageFolder = (name: string) => dirname(require.resolve(`${name}/package.json`));
const ownFolder = join(projectRoot, 'schema', 'playground');

/** By the name that the page uses: the folder and the file. */
const assets = new Map(Object.entries<[root: string, file: string]>({
  'react.js': [packageFolder('react'), 'umd/react.production.min.js'],
  'react-dom.js': [packageFolder('react-dom'), 'umd/react-dom.production.min.js'],
  'graphiql.js': [packageFolder('graphiql'), 'graphiql.min.js'],
  'graphiql.css': [packageFolder('graphiql'), 'graphiql.min.css'],
  'graphql-ws.js': [packageFolder('graphql-ws'), 'umd/graphql-ws.min.js'],
  'playground.js': [ownFolder, 'playground.js'],
  'playground.css': [ownFolder, 'playground.css'],
}));

/** Nothing from elsewhere, and nobody may frame it. GraphiQL sets styles on its elements and has its fonts in its CSS. */
const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", 'font-src data:', "img-src 'self' data:",
  "connect-src 'self' ws: wss:", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'",
].join('; ');

const protect: RequestHandler = (_req, res, next) => {
  res.set({ 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
  next();
};

/** The page for people who open the path in a browser, and what it is made of; everything else goes on. */
export function createPlayground(): Router {
  const router = Router();
  router.get('/playground/:asset', protect, (req, res, next) => {
    const asset = assets.get(req.params.asset as string);
    if (asset) res.sendFile(asset[1], { root: asset[0] });
    else next('router');
  });
  router.get('/', (req, _res, next) => (wantsPage(req.query, req.accepts(['json', 'html'])) ? next() : next('router')), protect, (_req, res) => {
    res.sendFile('index.html', { root: ownFolder });
  });
  return router;
}

/** A query by GET has the query in its address, or asks for JSON. */
const wantsPage = (query: object, accepted: string | false) => accepted === 'html' && !('query' in query);
