import { environmentOf } from "../test/tools/clouds/environment";
import { type Contestant, type Listing, list, names } from "./list/contestants";
import { type Filled, filledLocal, filledReal } from "./list/filled";

const rounds = 3;
const floor: Contestant = "bare loop over pages";

/** Lists many images on both servers, everybody in turn, so that all meet the same machine. */
async function main(): Promise<void> {
  for (const start of [filledReal, filledLocal]) {
    const server = await start();
    try {
      for (const count of [5_000, 20_000]) await compare(server, count);
    } finally {
      await server.close();
    }
  }
}

async function compare({ title, cloud, fill }: Filled, count: number): Promise<void> {
  await fill(count);
  const env = environmentOf(cloud, cloud.demo);
  const listings = new Map<Contestant, Listing[]>(names.map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of names) {
      const listing = await list(name, env);
      if (listing.count !== count) throw new Error(`${name} found ${listing.count} images of ${count}`);
      listings.get(name)?.push(listing);
    }
  }
  const least = median(listings.get(floor) ?? []).seconds;
  for (const [name, all] of listings) {
    const { seconds, peak } = median(all);
    console.log(
      `${title}, ${count} images, ${name}: ${seconds.toFixed(2)} s, ratio ${(seconds / least).toFixed(2)}, peak ${peak} MiB`,
    );
  }
}

function median(listings: readonly Listing[]): Listing {
  const sorted = [...listings].sort((a, b) => a.seconds - b.seconds);
  return sorted[Math.floor(sorted.length / 2)] as Listing;
}

void main();
