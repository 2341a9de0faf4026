import type { Caller } from "../../store/caller";
import type { Store } from "../../store/store";
import type { Places } from "../view";
import type { Xml } from "../xml/write";

/** A request of which everything is known that all calls have in common. */
export interface Exchange {
  store: Store;
  caller: Caller;
  url: string;
  places: Places;
  isStrict: boolean;
  /** The id of the image in the path. */
  imageId: string;
  /** The property in the path. */
  key: string;
  /** What the body says as JSON would say it; null for none. */
  body: unknown;
}

/** What a call answers, in each form. */
export interface Answer {
  json: object;
  xml(): Xml;
}

/** A document and how it looks in XML. */
export const answer = <T extends object>(json: T, xml: (document: T) => Xml): Answer => ({
  json,
  xml: () => xml(json),
});

/** One call of the API. */
export interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  /** The last microversion that has it. */
  last: string;
  /** Makes of an XML body what the JSON body would be; calls without it have no body. */
  readXml?: (text: string) => unknown;
  /** Answers 200, or 204 for undefined. */
  handle(exchange: Exchange): Promise<Answer | undefined> | Answer;
}
