#!/usr/bin/python3
"""An RTSP camera for tests: a moving ball in H.264 at /camera, with a password if asked for.

Prints the port once it listens. Ends with its standard input, on which "size WxH" changes the picture's size in mid-stream.
"""
import argparse
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

ROLE = "viewer"


def caps(size, aspect="1/1"):
    width, height = size.split("x")
    return Gst.Caps.from_string(f"video/x-raw,width={width},height={height},pixel-aspect-ratio={aspect}")


def protect(server, factory, user, password, digest):
    auth = GstRtspServer.RTSPAuth.new()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", ROLE)
    if digest:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role(ROLE, "media.factory.access", True)
    permissions.add_permission_for_role(ROLE, "media.factory.construct", True)
    factory.set_permissions(permissions)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", default="0")
    parser.add_argument("--size", default="160x96")
    parser.add_argument("--aspect", default="1/1", help="of a pixel")
    parser.add_argument("--fps", type=int, default=25)
    parser.add_argument("--transport", choices=("tcp", "udp"), help="the only one that it has; both without")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--digest", action="store_true")
    options = parser.parse_args()

    Gst.init(None)
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service(options.port)
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_shared(True)
    factory.set_launch(
        f"( videotestsrc is-live=true pattern=ball ! video/x-raw,framerate={options.fps}/1 ! videoscale ! capsfilter name=size"
        f" ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max={options.fps} ! rtph264pay name=pay0 pt=96 config-interval=-1 )"
    )
    if options.transport:
        factory.set_protocols(getattr(GstRtsp.RTSPLowerTrans, options.transport.upper()))
    size = caps(options.size, options.aspect)
    filters = []

    def configure(_, media):
        filters.append(media.get_element().get_by_name("size"))
        filters[-1].set_property("caps", size)

    factory.connect("media-configure", configure)
    if options.user:
        protect(server, factory, options.user, options.password, options.digest)
    server.get_mount_points().add_factory("/camera", factory)

    loop = GLib.MainLoop()

    def command(source, _):
        nonlocal size
        line = source.readline()
        if not line:
            loop.quit()
            return False
        size = caps(line.split()[1], options.aspect)
        for one in filters:
            one.set_property("caps", size)
        return True

    if server.attach(None) == 0:
        sys.exit(f"port {options.port} is taken")
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, command)
    print(server.get_bound_port(), flush=True)
    loop.run()


main()
