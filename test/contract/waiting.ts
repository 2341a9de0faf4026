/** Reads until the value is as wanted and returns it; rejects with the last one after `seconds`. */
export async function eventually<T>(read: () => Promise<T>, isWanted: (value: T) => boolean, seconds = 40): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 500)) {
    const value = await read();
    if (isWanted(value)) return value;
    if (Date.now() > deadline) throw new Error(`not as wanted after ${seconds} s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
