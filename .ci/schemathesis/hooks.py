"""A world for schemathesis to test in: real things for the ids it makes up, and things of their own for what would end the test."""
import atexit
import collections
import os
import random
import re
import secrets
import time

import requests
import schemathesis

API = os.environ["API_URL"]
DEMO = {"email": "demo@persona-platform.local", "password": "demo123"}
ADMIN = {"email": "admin@persona-platform.local", "password": "admin123"}
# What the document has as examples, and nobody's.
EXAMPLE = {"email": "user@example.com", "password": "password123"}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def address() -> dict:
    """Wrong passwords are limited by address; the server is told to believe this header."""
    return {"X-Forwarded-For": f"198.51.{secrets.randbelow(256)}.{secrets.randbelow(256)}"}


def ask(method: str, path: str, token: str | None = None, **body) -> dict:
    headers = {**address(), **({"Authorization": f"Bearer {token}"} if token else {})}
    answer = requests.request(method, API + path, headers=headers, timeout=30, **body)
    if not answer.ok:
        raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
    return answer.json()


def sign_in(account: dict) -> dict:
    return ask("POST", "/api/auth/login", json=account)


demo, admin = sign_in(DEMO)["token"], sign_in(ADMIN)["token"]


def make_user() -> dict:
    account = {"email": f"{secrets.token_hex(8)}@example.com", "password": EXAMPLE["password"]}
    return {**account, "id": ask("POST", "/api/admin/users", admin, json={**account, "name": "Ann", "role": "user"})["id"]}


def make_persona() -> str:
    return ask("POST", "/api/personas", demo, json={"name": "Test", "systemPrompt": "You help.", "defaultProvider": "local"})["id"]


def make_agent() -> str:
    return ask("POST", f"/api/personas/{ids['persona']}/agents", demo, json={"name": "Test"})["id"]


def make_member() -> str:
    body = {"userEmail": make_user()["email"], "role": "viewer"}
    return ask("POST", f"/api/personas/{ids['persona']}/members", demo, json=body)["id"]


def make_document() -> str:
    return ask("POST", f"/api/personas/{ids['persona']}/memory/upload", demo, files={"file": ("a.txt", secrets.token_hex(8))})["id"]


def give_tool() -> str:
    tool = random.choice(tools[1:])
    token = {"Authorization": f"Bearer {demo}"}
    requests.post(f"{API}/api/personas/{ids['persona']}/tools", json={"toolId": tool}, headers={**address(), **token}, timeout=30)  # 409 when it is there
    return tool


def make_run() -> str:
    return ask("POST", "/api/runs", demo, json={"agentId": make_agent(), "input": "Write a short note"})["id"]


def run_with_artifact() -> tuple[str, str]:
    """A run of the seeded persona, which has tools."""
    seeded = next(persona for persona in ask("GET", "/api/personas?limit=100", demo)["data"] if persona["id"] != ids["persona"])
    agent = ask("GET", f"/api/personas/{seeded['id']}/agents", demo)["data"][0]["id"]
    run = ask("POST", "/api/runs", demo, json={"agentId": agent, "input": "Create a PowerPoint about tea"})["id"]
    for _ in range(600):
        found = ask("GET", f"/api/runs/{run}", demo)
        if found["status"] != "running" and found["status"] != "pending":
            return run, found["artifacts"][0]["id"]
        time.sleep(0.1)
    raise RuntimeError("The run has not ended within a minute")


ids: dict = {"persona": make_persona()}
ids["run"], ids["artifact"] = run_with_artifact()
ids.update(agent=make_agent(), changed_persona=make_persona(), changed_agent=make_agent(), member=make_member(), document=make_document(), user=make_user()["id"])
tools = [tool["id"] for tool in ask("GET", "/api/tools?limit=100", demo)["data"]]
ids["tool"] = tools[0]
ask("POST", f"/api/personas/{ids['persona']}/tools", demo, json={"toolId": ids["tool"]})

# Whoever signs out or changes a password here is nobody else; the password is known from one change to the next.
leaver = make_user()

# What an operation ends or switches off is made for it alone.
FRESH = {
    ("PUT", "/api/personas/{id}"): lambda: ids["changed_persona"],
    ("PUT", "/api/agents/{id}"): lambda: ids["changed_agent"],
    ("DELETE", "/api/personas/{id}"): make_persona,
    ("DELETE", "/api/agents/{id}"): make_agent,
    ("DELETE", "/api/personas/{id}/members/{memberId}"): make_member,
    ("DELETE", "/api/personas/{personaId}/memory/{documentId}"): make_document,
    ("DELETE", "/api/personas/{personaId}/tools/{toolId}"): give_tool,
    ("POST", "/api/runs/{id}/cancel"): make_run,
}
NOUNS = {"personas": "persona", "agents": "agent", "runs": "run", "tools": "tool", "users": "user"}


@schemathesis.auth(refresh_interval=None)
class Token:
    def get(self, case, context):
        path = case.operation.path
        if path.startswith("/api/admin/"):
            return admin
        if path in ("/api/auth/logout", "/api/auth/password"):
            return sign_in({"email": leaver["email"], "password": leaver["password"]})["token"]
        return demo

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


def is_unknown(value) -> bool:
    """Most ids that look like one become real ones; those that end in 0 stay unknown."""
    return isinstance(value, str) and UUID.fullmatch(value) is not None and not value.endswith("0")


def use_real_ids(case, method: str, path: str) -> None:
    names = re.findall(r"{(\w+)}", path)
    for name in names:
        if not is_unknown((case.path_parameters or {}).get(name)):
            continue
        fresh = FRESH.get((method, path))
        if fresh and name == names[-1]:
            case.path_parameters[name] = fresh()
        else:
            noun = path.removeprefix("/api/admin").removeprefix("/api").split("/")[1]
            kind = NOUNS.get(noun) if name == "id" else name.removesuffix("Id")
            case.path_parameters[name] = ids.get(kind, case.path_parameters[name])


def use_real_fields(case, path: str) -> None:
    body = case.body
    if not isinstance(body, dict):
        return
    if is_unknown(body.get("agentId")):
        body["agentId"] = ids["agent"]
    if is_unknown(body.get("toolId")):
        body["toolId"] = random.choice(tools)
    if body.get("userEmail") == "collaborator@example.com":
        body["userEmail"] = make_user()["email"]
    if path == "/api/personas/{id}" and body.get("defaultProvider"):
        body.setdefault("fallbackProviders", [])
    others = body.get("fallbackProviders")
    if isinstance(others, list):
        # A rule between two fields, of which one may be stored.
        first = body.setdefault("defaultProvider", "local")
        body["fallbackProviders"] = [other for other in others if other != first]
    if path == "/api/auth/login" and body == EXAMPLE:
        body.update(DEMO)
    if path == "/api/auth/refresh" and body.get("refreshToken") == "refresh-token-string":
        body["refreshToken"] = sign_in(DEMO)["refreshToken"]
    if path == "/api/auth/password" and body.get("currentPassword") == EXAMPLE["password"]:
        body["currentPassword"] = leaver["password"]


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    if "startDate" in (case.query or {}):
        # A rule between two parameters: a window must not end before it begins.
        case.query.pop("endDate", None)
    if path == "/api/usage":
        # Into how many pieces a window may be cut hangs on two parameters as well; without a beginning it is short.
        (case.query or {}).pop("from", None)
    use_real_ids(case, case.operation.method.upper(), path)
    use_real_fields(case, path)
    case.headers.update(address())


# Shows that the world is found: most answers are about what was sent, not about who sent it or what is not there.
answers: collections.Counter = collections.Counter()
atexit.register(lambda: print("Answers by status:", dict(sorted(answers.items()))))


@schemathesis.hook
def after_call(context, case, response):
    answers[response.status_code] += 1
    if case.operation.path == "/api/auth/password" and response.status_code == 200:
        leaver["password"] = case.body["newPassword"]
