import { GlanceError } from "../http/errors";
import { withoutSecrets } from "../http/redact";

/** A failure of ours whose words show none of the given texts, e.g. the path of a file that the user keeps secret. */
export function withoutTexts<E>(error: E, hidden: readonly string[]): E | GlanceError {
  if (hidden.length === 0 || !(error instanceof GlanceError)) return error;
  const { message, hint, reason } = error.facts;
  return error.with({
    message: withoutSecrets(message, hidden),
    hint: hint && withoutSecrets(hint, hidden),
    reason: reason && withoutSecrets(reason, hidden),
  });
}
