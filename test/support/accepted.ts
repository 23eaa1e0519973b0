/** The answer of a verb, or an error with the refusal in it. */
import { isRefusal, type Refusal } from '#domain/refusal.ts';

export const accepted = <A extends object>(answer: A | Refusal): A => {
  if (isRefusal(answer)) throw new Error(`${answer.code}: ${answer.message}`);
  return answer;
};
