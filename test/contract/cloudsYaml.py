"""Resolves clouds with openstacksdk. In: JSON list of {directory, env, cloud, region}. Out: what it made of each."""

import importlib
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")

from openstack.config import loader  # noqa: E402

DOMAINS = ("user_domain_id", "user_domain_name", "project_domain_id", "project_domain_name")


def resolve(scenario):
    os.environ.clear()
    os.environ.update(scenario["env"])
    os.chdir(scenario["directory"])
    # The search path is computed when the module is loaded.
    importlib.reload(loader)
    arguments = {key: scenario[key] for key in ("cloud", "region_name") if scenario.get(key)}
    region = loader.OpenStackConfig().get_one(**arguments)
    verify, cert = region.get_requests_verify_args()
    auth = dict(region.config["auth"])
    for key in DOMAINS:
        # The plugin puts the default domain in their place.
        auth[key] = getattr(region.get_auth(), key, auth.get(key))
    return {
        "name": region.name,
        "authType": region.config["auth_type"],
        "auth": {key: value for key, value in auth.items() if value is not None},
        "region": region.get_region_name("image") or None,
        "interface": region.get_interface("image"),
        "endpoint": region.get_endpoint("image"),
        "serviceType": region.get_service_type("image"),
        "serviceName": region.get_service_name("image"),
        "verify": verify,
        "cert": cert if isinstance(cert, (list, tuple)) else [cert],
    }


def attempt(scenario):
    try:
        return resolve(scenario)
    except Exception as error:
        return {"error": type(error).__name__ + ": " + str(error)}


json.dump([attempt(scenario) for scenario in json.load(sys.stdin)], sys.stdout)
