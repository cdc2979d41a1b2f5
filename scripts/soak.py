"""The long run: see scripts/soak. Starts the service with three cameras, watches it, breaks what it depends on, and tells what is left of it."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "src/SwiftNet.Live/bin/Release/net10.0/linux-x64/swiftnet-live"
RTSP_SERVER = ROOT / "tests/SwiftNet.Live.Tests/Capture/Peers/rtsp-server.py"

OVERLOAD_FPS = 240  # four times what two cores with bfloat16 do at 320x176 (bench: 14 to 16 ms a frame)
FLAT = 1.2  # p99 of minute 3 over that of minute 1
SAMPLE_SECONDS = 10
FAULT_SECONDS = 40  # from one fault to the next
FAULTS_FROM = 180  # the first three minutes belong to the overload alone
FAULTS = 9  # those of faults(): after each has been there once, nothing more may grow
BREAKS = {"camera killed", "camera frozen", "broker killed", "a viewer who does not read"}  # each is mended by the next one
SETTLED = 20  # minute whose use is compared with that of the last one, in runs of at least twice as long
GROWTH = 1.03  # resident memory of the last minute over that of the settled one


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Peer:
    """A server that the service depends on, and that can be broken."""

    def __init__(self, *command):
        self.command = command
        self.process = None
        self.start()

    def start(self):
        if self.process is None:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)


class Service:
    """The running service, seen from outside."""

    def __init__(self, settings, log):
        self.port = free_port()
        self.log = open(log, "wb")
        self.process = subprocess.Popen(
            [PROGRAM, "run", "--settings", settings, f"--Web:Address=http://127.0.0.1:{self.port}"], stdout=self.log, stderr=self.log, cwd=ROOT)

    def status(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/status", timeout=20) as answer:
            return {camera["name"]: camera for camera in json.load(answer)["cameras"]}

    def wait_until(self, what, seconds=180):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                sys.exit(f"The service ended with {self.process.returncode}; its log: {self.log.name}")
            try:
                if what(self.status()):
                    return
            except OSError:
                pass
            time.sleep(0.5)
        sys.exit(f"Nothing came of it within {seconds} s; the log: {self.log.name}")

    def children(self):
        """Ids of its child processes; threads and children may go while they are looked at."""
        found = []
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += [int(child) for child in (task / "children").read_text().split()]
        return found

    def used(self):
        proc = pathlib.Path(f"/proc/{self.process.pid}")
        status = dict(line.split(":", 1) for line in (proc / "status").read_text().splitlines())
        return {
            "resident MiB": round(int(status["VmRSS"].split()[0]) / 1024),
            "descriptors": len(list((proc / "fd").iterdir())),
            "threads": int(status["Threads"]),
            "children": len(self.children()),
        }

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        self.log.close()
        return code


def mask(path, width, height, box):
    """A mask picture, white where the box is: a grey PNG."""
    x, y, w, h = box
    inside, outside = b"\0" + bytes(x) + b"\xff" * w + bytes(width - x - w), b"\0" + bytes(width)
    rows = b"".join(inside if y <= row < y + h else outside for row in range(height))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks))
    return str(path)


def settings(folder, rtsp, mqtt):
    return {
        # Short segments, and few of them: files come and go, so that what is left of one shows.
        "Output": {
            "Directory": str(folder),
            "Mqtt": {"Host": "127.0.0.1", "Port": mqtt, "StateSeconds": 5},
            "Files": {"SegmentMinutes": 1, "KeepGigabytes": 0.2},
            "Recording": {"SegmentMinutes": 1, "KeepGigabytes": 0.2},
        },
        "Objects": {"StateFolder": str(folder / "state"), "SaveSeconds": 10},
        # The latency of one size is compared with itself.
        "Budget": {"Fixed": True},
        "Cameras": [
            {
                "Name": "overload",
                "Capture": {"Source": f"test:moving?size=320x176&fps={OVERLOAD_FPS}"},
                "Segment": {"Size": "320x176"},
                "Objects": {"Mask": mask(folder / "overload.png", 320, 176, (132, 68, 56, 56))},
                "Output": {"JsonLines": True},
            },
            {
                "Name": "street",
                "Capture": {"Source": f"rtsp://127.0.0.1:{rtsp}/camera"},
                "Segment": {"Size": "160x96"},
                "Objects": {"Mask": mask(folder / "street.png", 160, 96, (40, 30, 60, 50))},
                "Output": {"Recording": {"Enabled": True}, "JsonLines": True},
            },
            {
                "Name": "yard",
                "Capture": {"Source": "test:moving?size=640x360&fps=5"},
                "Segment": {"Size": "160x96"},
                "Objects": {"Mask": mask(folder / "yard.png", 640, 360, (264, 136, 112, 112))},
                "Output": {"Recording": {"Enabled": True}, "JsonLines": True, "Overlay": True, "Masks": True},
            },
        ],
    }


def faults(service, rtsp, mqtt):
    """One fault after the other, each followed by its end."""

    def kill_decoder():
        for child in service.children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def lazy_viewer():
        viewer = socket.create_connection(("127.0.0.1", service.port))
        viewer.sendall(b"GET /stream.mjpg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        viewers.append(viewer)

    viewers = []
    while True:
        yield "camera killed", rtsp.kill
        yield "camera back", rtsp.start
        yield "ffmpeg children killed", kill_decoder
        yield "camera frozen", rtsp.freeze
        yield "camera goes on", rtsp.thaw
        yield "broker killed", mqtt.kill
        yield "broker back", mqtt.start
        yield "a viewer who does not read", lazy_viewer
        yield "the viewer gone", lambda: viewers.pop().close()


def minute(samples, number, what="p99"):
    values = [s[what] for s in samples if 60 * (number - 1) <= s["at"] < 60 * number and s[what] > 0]
    return statistics.median(values) if values else float("nan")


def settled(minutes):
    """The minute that the last one is compared with."""
    return SETTLED if minutes >= 2 * SETTLED else max(1, int(minutes) // 2)


def main():
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 3
    folder = pathlib.Path(tempfile.mkdtemp(prefix="swiftnet-soak-"))
    ports = free_port(), free_port()
    rtsp = Peer("/usr/bin/python3", RTSP_SERVER, "--port", str(ports[0]))
    (folder / "mosquitto.conf").write_text(f"listener {ports[1]} 127.0.0.1\nallow_anonymous true\npersistence false\n")
    mqtt = Peer("mosquitto", "-c", str(folder / "mosquitto.conf"))
    (folder / "settings.json").write_text(json.dumps(settings(folder, *ports)))
    service = Service(folder / "settings.json", folder / "log.txt")
    print(f"{minutes:g} minutes; the log: {folder / 'log.txt'}", flush=True)

    service.wait_until(lambda cameras: all(camera["state"] == "running" for camera in cameras.values()))
    begin, samples, injected, used, broken = time.monotonic(), [], 0, {}, False
    coming = faults(service, rtsp, mqtt)
    while (at := time.monotonic() - begin) < 60 * minutes:
        time.sleep(max(0, SAMPLE_SECONDS * (len(samples) + 1) - at))
        at = time.monotonic() - begin
        samples.append({"at": at, "p99": service.status()["overload"]["output_ms"]["p99"], **service.used()})
        if "minute 1" not in used and at >= 55:
            used["minute 1"] = service.used()
        if "each fault once" not in used and injected == FAULTS:
            used["each fault once"] = service.used()
        # Whole in the minutes that are compared: what is broken is mended before, and nothing more is.
        compared = any(60 * (n - 2) <= at < 60 * n for n in (settled(minutes), int(minutes)))
        if at > FAULTS_FROM + FAULT_SECONDS * injected and at < 60 * minutes - FAULT_SECONDS and (broken or not compared):
            name, inject = next(coming)
            print(f"{at:6.0f} s  {name}", flush=True)
            inject()
            injected += 1
            broken = name in BREAKS

    rtsp.kill()
    rtsp.start()
    mqtt.start()
    frames = service.status()["street"]["frame"]
    service.wait_until(lambda cameras: cameras["street"]["frame"] > frames)
    used["end"] = service.used()
    code = service.stop()
    rtsp.kill()
    mqtt.kill()
    sys.exit(report(minutes, samples, used, code, folder, injected))


def report(minutes, samples, used, code, folder, injected):
    log = (folder / "log.txt").read_text()
    ledgers = [line.split("Ended: ")[1].split("; capture to mask")[0] for line in log.splitlines() if "Ended: " in line]
    lines = sum(1 for file in (folder / "overload/objects").glob("*.jsonl") for _ in open(file))
    whole = [minute(samples, n) for n in range(1, int(samples[-1]["at"] // 60) + 1)]

    print(f"\n{'':24}" + "".join(f"{when:>18}" for when in used))
    for name in used["end"]:
        print(f"{name:24}" + "".join(f"{values[name]:>18}" for values in used.values()))
    print(f"p99 capture-output, ms  {whole[0]:.1f} in minute 1, {whole[-1]:.1f} in the last; by minute: {' '.join(f'{p:.0f}' for p in whole)}")
    early, late = settled(minutes), max(1, int(minutes))
    for what in ("resident MiB", "descriptors", "threads"):
        print(f"{what:24}{minute(samples, early, what):.0f} in minute {early}, {minute(samples, late, what):.0f} in minute {late}; by minute: "
              + " ".join(f"{minute(samples, n, what):.0f}" for n in range(1, late + 1)))
    print(f"faults injected         {injected}")
    for ledger in ledgers:
        print(f"ledger                  {ledger}")
    print(f"lines of overload       {lines}")

    wrong = []
    if code != 0:
        wrong.append(f"the service ended with {code}")
    if len(ledgers) != 3 or any("unaccounted" in ledger for ledger in ledgers):
        wrong.append("a ledger does not balance")
    elif f"written {lines} " not in "".join(ledgers):
        wrong.append("the lines of the overloaded camera are not those in its ledger")
    if len(whole) >= 3 and whole[2] > FLAT * whole[0]:
        wrong.append(f"p99 grew from {whole[0]:.1f} ms in minute 1 to {whole[2]:.1f} ms in minute 3")
    once, last = used.get("each fault once", next(iter(used.values()))), used["end"]
    if last["resident MiB"] > 1.1 * once["resident MiB"] or last["descriptors"] > once["descriptors"] + 8 or last["threads"] > once["threads"] + 8:
        wrong.append("the service uses ever more")
    if minutes >= 2 * SETTLED:
        if minute(samples, late, "resident MiB") > GROWTH * minute(samples, early, "resident MiB"):
            wrong.append(f"resident memory grew by more than {GROWTH - 1:.0%} from minute {early} to {late}")
        wrong += [f"{what} differ between minute {early} and {late}" for what in ("descriptors", "threads") if minute(samples, early, what) != minute(samples, late, what)]
    print("\n" + ("Everything held." if not wrong else "Did not hold: " + "; ".join(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
