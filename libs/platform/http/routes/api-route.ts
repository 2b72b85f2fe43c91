import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import {
  METHOD_METADATA,
  PATH_METADATA,
  ROUTE_ARGS_METADATA,
  RouteParamtypes,
} from '@nestjs/common/internal';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS_KEY, ANSWER_KEY, type RouteAccess, type RouteAnswer } from './declarations.js';

/** One parameter of a route's method that comes from the request. */
export interface RouteInput {
  from: 'body' | 'query' | 'param' | 'request' | 'response' | 'actor' | 'other';
  schema: unknown;
}

/** One route of the API as it declares itself. */
export interface ApiRoute {
  method: string;
  path: string;
  /** The controller's method, for messages: `AgentsController.list`. */
  handler: string;
  access: RouteAccess | undefined;
  answer: RouteAnswer | undefined;
  inputs: readonly RouteInput[];
}

const FROM: Partial<Record<RouteParamtypes, RouteInput['from']>> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.QUERY]: 'query',
  [RouteParamtypes.PARAM]: 'param',
  [RouteParamtypes.REQUEST]: 'request',
  [RouteParamtypes.RESPONSE]: 'response',
};

type Controller = abstract new (...args: never[]) => unknown;
type Method = (...args: never[]) => unknown;

const metadata = (key: string, ...target: [object] | [object, string]): unknown =>
  Reflect.getMetadata(key, ...(target as [object, string]));

const inputsOf = (controller: Controller, name: string): RouteInput[] => {
  const args = (metadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    { schema?: unknown }
  >;
  return Object.entries(args).map(([key, { schema }]) => {
    if (key.includes('__customRouteArgs__')) return { from: 'actor', schema: undefined };
    const type = Number(key.split(':')[0]) as RouteParamtypes;
    return { from: FROM[type] ?? 'other', schema };
  });
};

const join = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;

const pathOf = (target: object): string => {
  const path = metadata(PATH_METADATA, target);
  return typeof path === 'string' ? path : '';
};

const routesOf = (controller: Controller): ApiRoute[] => {
  const prefix = pathOf(controller);
  const prototype = controller.prototype as Record<string, Method>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const method = prototype[name];
    const verb = method && metadata(METHOD_METADATA, method);
    if (method === undefined || verb === undefined) return [];
    return [
      {
        method: RequestMethod[verb as RequestMethod],
        path: join(prefix, pathOf(method)),
        handler: `${controller.name}.${name}`,
        access: metadata(ACCESS_KEY, method) as RouteAccess | undefined,
        answer: metadata(ANSWER_KEY, method) as RouteAnswer | undefined,
        inputs: inputsOf(controller, name),
      },
    ];
  });
};

/** Every route of the application, as its controllers declare them. */
export const listApiRoutes = (modules: ModulesContainer): ApiRoute[] =>
  [...modules.values()]
    .flatMap((module) => [...module.controllers.values()])
    .flatMap(({ metatype }) =>
      typeof metatype === 'function' ? routesOf(metatype as Controller) : [],
    );

/** Every route of a created application. */
export const routesOfApplication = (app: INestApplicationContext): ApiRoute[] =>
  listApiRoutes(app.get(ModulesContainer));
