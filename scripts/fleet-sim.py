"""What scripts/fleet-sim runs: nodes, cameras, one node stopped and one killed; measured from outside, through the fleet's API and /proc."""
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

PROGRAM = "src/SwiftNet.Live/bin/Release/net10.0/linux-x64/swiftnet-live.dll"
NODES = ["a", "b", "c"]
LEASE = float(os.environ.get("LEASE", "5"))
TICK = os.sysconf("SC_CLK_TCK")
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, path):
    with opener.open(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return json.load(answer)


def cpu_seconds(process):
    with open(f"/proc/{process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_mb(process):
    with open(f"/proc/{process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def threads(process):
    return len(os.listdir(f"/proc/{process.pid}/task"))


class Fleet:
    def __init__(self, folder, cameras, milliseconds):
        self.folder, self.cameras, self.milliseconds = folder, cameras, milliseconds
        self.redis_port, self.web, self.nodes = free_port(), {}, {}
        self.redis = subprocess.Popen(
            ["redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--dir", folder],
            stdout=subprocess.DEVNULL)
        self.settings = os.path.join(folder, "settings.json")
        with open(self.settings, "w") as file:
            json.dump({
                "Capture": {"Source": "test:moving?size=160x90&fps=1"},
                "Objects": {"Polygons": ["40,40;80,40;80,70;40,70"], "HistorySeconds": 1, "HistoryMegabytes": 8},
                "Fleet": {"ClusterId": "sim", "Clustering": "redis", "ConnectionString": f"127.0.0.1:{self.redis_port}",
                          "StubMilliseconds": milliseconds, "CameraMilliseconds": milliseconds, "MovesPerMinute": 60, "LeaseSeconds": LEASE},
                "Cameras": [{"Name": f"camera-{n:03}"} for n in range(cameras)],
            }, file)

    def start(self, node):
        self.web[node] = free_port()
        log = open(os.path.join(self.folder, f"{node}.log"), "a")
        self.nodes[node] = subprocess.Popen(
            ["dotnet", PROGRAM, "run", "--settings", self.settings, f"--Fleet:Node={node}", f"--Fleet:Port={free_port()}",
             f"--Web:Address=http://127.0.0.1:{self.web[node]}", f"--Output:Directory={self.folder}/out-{node}"], stderr=log)

    def status(self, node):
        try:
            return ask(self.web[node], "/api/fleet")
        except OSError:
            return None

    def wait(self, node, done, what, limit=300):
        begun = time.monotonic()
        while time.monotonic() - begun < limit:
            status = self.status(node)
            if status and done(status):
                return time.monotonic() - begun, status
            time.sleep(0.2)
        sys.exit(f"fleet-sim: {what} did not come within {limit} s; the nodes' logs are in {self.folder}")

    def frames(self, node):
        return {camera["name"]: camera["frame"] for camera in ask(self.web[node], "/status")["cameras"]}

    def redis_figures(self):
        text = subprocess.run(["redis-cli", "-p", str(self.redis_port), "info"], capture_output=True, text=True, check=True).stdout
        figures = dict(line.strip().split(":", 1) for line in text.splitlines() if ":" in line)
        return int(figures["total_commands_processed"]), int(figures["total_net_input_bytes"]), int(figures["used_memory"])

    def end(self):
        for process in [*self.nodes.values(), self.redis]:
            if process.poll() is None:
                process.kill()
                process.wait()


def all_run(cameras, nodes=None):
    return lambda status: sum(c["state"] == "running" and (nodes is None or c["box"] in nodes) for c in status["cameras"]) == cameras


def main():
    cameras = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    milliseconds = float(sys.argv[2]) if len(sys.argv) > 2 else 4
    folder = tempfile.mkdtemp(prefix="swiftnet-fleet-")
    fleet = Fleet(folder, cameras, milliseconds)
    rows = []
    try:
        for node in NODES:
            fleet.start(node)
        up, _ = fleet.wait("a", lambda s: len(s["boxes"]) == 3 and len(s["cameras"]) == cameras, "the fleet")
        began, status = fleet.wait("a", all_run(cameras), "every camera")
        rows.append(("three nodes together, their processes started at once", f"{up:.1f} s"))
        rows.append((f"{cameras} cameras running, from there (a lease of waiting for nodes in it)", f"{began:.1f} s"))
        rows.append(("cameras a node", " / ".join(str(b["cameras"]) for b in status["boxes"])))

        # Steady: what it costs when nothing happens.
        time.sleep(10)
        seconds, before, store = 30, {b: cpu_seconds(p) for b, p in fleet.nodes.items()}, fleet.redis_figures()
        redis_cpu = cpu_seconds(fleet.redis)
        time.sleep(seconds)
        cpu = sum(cpu_seconds(p) - before[b] for b, p in fleet.nodes.items()) / seconds
        after = fleet.redis_figures()
        rows.append(("CPU a camera, all of the nodes' processes", f"{1000 * cpu / cameras:.1f} ms/s"))
        rows.append(("memory a node", " / ".join(f"{resident_mb(p):.0f} MB" for p in fleet.nodes.values())))
        rows.append(("threads a node", " / ".join(str(threads(p)) for p in fleet.nodes.values())))
        rows.append(("commands to the store", f"{(after[0] - store[0]) / seconds:.0f} a second, {(after[0] - store[0]) / seconds / cameras:.2f} a camera"))
        rows.append(("bytes to the store", f"{(after[1] - store[1]) / seconds / 1024:.0f} kB/s"))
        rows.append(("the store's CPU and memory", f"{1000 * (cpu_seconds(fleet.redis) - redis_cpu) / seconds:.0f} ms/s, {after[2] / 1e6:.1f} MB"))

        # Stop one node: its cameras move first.
        _, status = fleet.wait("a", lambda s: True, "the fleet")
        moved = [c["name"] for c in status["cameras"] if c["box"] == "c"]
        fleet.nodes["c"].send_signal(signal.SIGTERM)
        took, status = fleet.wait("a", all_run(cameras, ["a", "b"]), "the stopped node's cameras")
        gaps = sorted(m["took_ms"] / 1000 for m in status["moves"] if m["from"] == "c")
        fleet.nodes["c"].wait(120)
        rows.append((f"a node stopped: its {len(moved)} cameras run on other nodes after", f"{took:.1f} s"))
        if gaps:
            rows.append(("a camera's move, end to start (the last 50: median, worst)", f"{statistics.median(gaps):.2f} s, {gaps[-1]:.2f} s"))

        # It comes back, and a node is killed.
        fleet.start("c")
        fleet.wait("a", lambda s: any(b["name"] == "c" and b["state"] == "up" for b in s["boxes"]), "the node that comes back")
        for victim, asked in (("b", "a"), (None, "a")):
            _, status = fleet.wait(asked, lambda s: True, "the fleet")
            victim = victim or status["keeper"]
            if victim == asked or fleet.nodes[victim].poll() is not None:
                asked = next(b for b in NODES if b != victim and fleet.nodes[b].poll() is None)
            kept = victim == status["keeper"]
            lost = [c["name"] for c in status["cameras"] if c["box"] == victim]
            fleet.nodes[victim].kill()
            fleet.nodes[victim].wait()
            alive = [b for b in NODES if fleet.nodes[b].poll() is None]
            took, status = fleet.wait(asked, all_run(cameras, alive), "the killed node's cameras")
            # The restored snapshot is known from the node's next report.
            time.sleep(LEASE)
            _, status = fleet.wait(asked, all_run(cameras, alive), "the killed node's cameras")
            resumed = sum(c["resumed_from"] > 0 for c in status["cameras"] if c["name"] in lost)
            rows.append((f"a node killed ({'the coordinator' if kept else 'not the coordinator'}): its {len(lost)} cameras run on other nodes after", f"{took:.1f} s, {resumed} from their snapshots"))
            if len(alive) < 2:
                break

        print(f"\n{cameras} cameras of 160x90 at 1 frame/s, 3 nodes on one machine of {os.cpu_count()} cores, {milliseconds:g} ms a frame, a lease of {LEASE:g} s, load {os.getloadavg()[0]:.0f}\n")
        width = max(len(name) for name, _ in rows)
        print(f"| {'what':{width}} | measured |\n| {'-' * width} | --- |")
        for name, value in rows:
            print(f"| {name:{width}} | {value} |")
    finally:
        fleet.end()
    shutil.rmtree(folder)


main()
