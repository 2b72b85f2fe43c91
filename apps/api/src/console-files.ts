import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pageCsp } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import express, { type Request, type RequestHandler } from 'express';

// What belongs to the API, the gateway and the probes: nothing under these is ever the console's page.
const RESERVED =
  /^\/(api|mcp|v1|oauth|scim|access|ssf|\.well-known|health|metrics|assets)(?=[/;%]|$)/i;
// The console's own addresses are plain words and ids: whatever is spelled otherwise is not one of them.
const CONSOLE_ADDRESS = /^\/([a-z][a-z-]*(\/[0-9A-Za-z-]+)*\/?)?$/;
const NONCE = '__CSP_NONCE__';
const YEAR_SECONDS = 31_536_000;

const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD';
const isPage = (request: Request) =>
  isRead(request) && CONSOLE_ADDRESS.test(request.path) && !RESERVED.test(request.path);

/**
 * Sends a browser that came by another name of this installation (127.0.0.1 for localhost) to the public
 * one, because the session's cookie is bound to that host.
 */
export const toPublicOrigin = (publicUrl: string): RequestHandler => {
  const { host } = new URL(publicUrl);
  return (request, response, next) => {
    const isSignIn = isRead(request) && request.path === '/api/sign-in';
    if (request.headers.host?.toLowerCase() === host || !(isPage(request) || isSignIn)) next();
    else response.redirect(`${publicUrl}/${request.originalUrl.replace(/^[/\\]+/, '')}`);
  };
};

/** The console's built files: named by their content, so a browser may keep them. */
export const consoleAssets = (dir: string): RequestHandler =>
  express.static(dir, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response, path) => {
      const isHashed = path.startsWith(join(dir, 'assets') + sep);
      const cached = isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
      response.setHeader('Cache-Control', cached);
    },
  });

/** The console's page at each of its own addresses, with a nonce of its own on every answer. */
export const consolePage = (dir: string): RequestHandler => {
  // Read each time: a build under a running server gives its files other names.
  const read = async () => {
    try {
      return await readFile(join(dir, 'index.html'), 'utf8');
    } catch (cause) {
      throw new DomainError('unavailable', 'The console is not built here: run npm start.', {
        cause,
      });
    }
  };
  return async (request, response, next) => {
    if (!isPage(request)) {
      next();
      return;
    }
    const page = await read();
    const nonce = randomBytes(16).toString('base64');
    response
      .set('Content-Security-Policy', pageCsp(nonce))
      .type('html')
      .send(page.replaceAll(NONCE, nonce));
  };
};
