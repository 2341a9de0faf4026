"""Lists every image with openstacksdk; run by contestants.ts in a process of its own. Argument: images per page."""

import json
import resource
import sys
import time

import openstack

query = {"limit": int(sys.argv[1])} if len(sys.argv) > 1 else {}
cloud = openstack.connect()
cloud.authorize()
cloud.image.get_endpoint_data()
started = time.monotonic()
count = sum(1 for image in cloud.image.images(**query) if image.id)
seconds = time.monotonic() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"count": count, "seconds": seconds, "peak": peak}))
