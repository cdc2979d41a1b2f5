#!/usr/bin/python3
"""An HTTP camera for tests that sends the file of pictures on its command line to each who asks, and closes.

Prints the port once it listens. Ends with its standard input.
"""
import http.server
import os
import sys
import threading

with open(sys.argv[1], "rb") as file:
    pictures = file.read()


class Camera(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=picture")
        self.end_headers()
        self.wfile.write(pictures)

    def log_message(self, *_):
        pass


def end_with_input():
    sys.stdin.read()
    os._exit(0)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera)
threading.Thread(target=end_with_input, daemon=True).start()
print(server.server_port, flush=True)
server.serve_forever()
