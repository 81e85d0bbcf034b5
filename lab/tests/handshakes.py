"""handshakes.py ADDRESS NAME ROOT : a new TLS connection after the other, each with a request, until SIGTERM.

The certificate must be valid for NAME under ROOT. Prints {"done": N, "failed": [[when, why]…], "serials": […]}.
"""

import json
import signal
import socket
import ssl
import sys
import time

address, name, root = sys.argv[1:]
context = ssl.create_default_context(cafile=root)
stop = []
signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
done, failed, serials = 0, [], []
while not stop:
    try:
        with socket.create_connection((address, 443), timeout=10) as plain:
            with context.wrap_socket(plain, server_hostname=name) as connection:
                serial = connection.getpeercert()["serialNumber"]
                connection.sendall(f"GET /polls/1/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
                status = connection.recv(4096).split(b"\r\n")[0].decode()
                if " 200 " not in status + " ":
                    raise OSError(status or "closed without an answer")
        done += 1
        if serial not in serials:
            serials.append(serial)
    except OSError as error:
        failed.append([time.strftime("%H:%M:%S"), str(error)])
    time.sleep(0.02)
print(json.dumps({"done": done, "failed": failed, "serials": serials}))
