// Every internal link of the built site leads somewhere, anchors included. Links to other sites are not fetched.
import { LinkChecker } from 'linkinator';

const checker = new LinkChecker();
const result = await checker.check({
  path: 'dist',
  recurse: true,
  directoryListing: false,
  checkFragments: true,
  // The checker serves dist/ on 127.0.0.1; canonical links and other sites are not ours to fetch here.
  linksToSkip: (link) =>
    Promise.resolve(/^https?:/.test(link) && !/^http:\/\/(?:127\.0\.0\.1|\[::1\]):/.test(link)),
});
const broken = result.links.filter((link) => link.state === 'BROKEN');
for (const link of broken)
  console.error(`${link.parent ?? '(start)'} → ${link.url} (${link.status})`);
const checked = result.links.filter((link) => link.state !== 'SKIPPED').length;
console.log(`${checked} internal links checked, ${broken.length} broken.`);
if (broken.length > 0 || checked < 20) process.exit(1);
