import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { ANSWER_KEY, type RouteAnswer } from './declarations.js';
import { ResponseMismatchError } from '../errors.js';

/** Parses every answer by the schema its route declares; what is not declared does not leave. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = context.getHandler();
    const answer = this.reflector.get<RouteAnswer | undefined>(ANSWER_KEY, handler);
    const route = `${context.getClass().name}.${handler.name}`;
    return next.handle().pipe(map((value: unknown) => parseAnswer(route, answer, value)));
  }
}

const parseAnswer = (route: string, answer: RouteAnswer | undefined, value: unknown): unknown => {
  if (answer === undefined) throw new ResponseMismatchError(`${route} declares no answer`);
  if (answer.schema === null) return undefined;
  const parsed = answer.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Paths and messages only: the values may be anybody's data.
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ResponseMismatchError(`${route} answered ${issues.slice(0, 10).join('; ')}`);
};
