import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { listApiRoutes } from './api-route.js';

const segments = (path: string) => path.split('/').slice(1);

const fits = (pattern: string, path: string): boolean => {
  const wanted = segments(pattern);
  const given = segments(path);
  return (
    wanted.length === given.length &&
    wanted.every((part, index) =>
      part.startsWith(':') ? given[index] !== '' : part === given[index],
    )
  );
};

/** Which methods an address takes: tells a wrong method from an unknown address. */
@Injectable()
export class RouteTable {
  private routes: { method: string; path: string }[] | undefined;

  constructor(private readonly modules: ModulesContainer) {}

  /** The methods that are answered at this path; none when nothing is there. */
  methodsAt(path: string): string[] {
    this.routes ??= listApiRoutes(this.modules);
    const methods = this.routes
      .filter((route) => fits(route.path, path))
      .map(({ method }) => method);
    return [...new Set(methods)].toSorted();
  }
}
