/**
 * What was asked for has to be made ready first, which is asynchronous: the history before a range, or what
 * reads SQL. It is thrown among our own functions only. An author's body may catch what is thrown through it, so that
 * the recording of a body keeps beside the exception that the body asked.
 */
export class NotReady extends Error {
  constructor(readonly makeReady: () => Promise<void>) {
    super("The schema has to be replayed before it can be asked: this body is run once more.");
    this.name = "NotReady";
  }
}
