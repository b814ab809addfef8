"""A small deterministic server that speaks the wire format of OpenAI chat completions, in a process.

Run as ``python model_server.py MANNER``; it prints its port. It is no language model: what is tested is the
wire, and what becomes of good, bad, slow and hostile answers.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GOOD = {
    "claims": [
        {"subject": "state", "relation": "weapons", "object": "guard", "hedge": "alleged", "polarity": "+"},
        {"subject": "martians", "relation": "weapons", "object": "guard", "hedge": "alleged"},
        {"subject": "state", "relation": "hugs", "object": "guard", "hedge": "alleged"},
        {"subject": "state", "relation": "weapons", "object": "guard", "hedge": "shouted"},
    ]
}


def content(manner: str) -> str | None:
    """What the model says."""
    return {"good": json.dumps(GOOD), "fenced": f"```json\n{json.dumps(GOOD)}\n```"}.get(
        manner, "I cannot help."
    )


class Handler(BaseHTTPRequestHandler):
    """Answers every question in one manner."""

    def do_POST(self) -> None:
        manner = sys.argv[1]
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/chat/completions", self.path
        assert question["model"] == "tiny"
        if manner == "slow":
            time.sleep(30)
        if manner == "gone":
            self.send_error(500, "out of memory")
            return
        if manner == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/v1/chat/completions")
            self.end_headers()
            return
        message = {"role": "assistant", "content": content(manner)}
        if manner == "refusal":
            message = {"role": "assistant", "content": None, "refusal": "I will not."}
        body = json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode()
        if manner == "broken":
            body = body[:20]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
