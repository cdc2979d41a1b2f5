#!/usr/bin/env python3
"""Writes the checkpoints beside this script as torch.save writes them, byte order, opcodes and zip layout included,
with nothing but Python's own pickle: stand-ins for torch's types are pickled under torch's names.

    new.pth             zip format (PyTorch 1.6 and later): a state dict with DataParallel's prefix
    old.pth             the format before: the same tensors as 'state_dict' of a training checkpoint
    hostile-new.pth     both formats with a pickle that runs a command when Python unpickles it
    hostile-old.pth
"""
import collections
import io
import os
import pickle
import struct
import sys
import types
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))

torch = types.ModuleType("torch")
utils = types.ModuleType("torch._utils")
sys.modules["torch"] = torch
sys.modules["torch._utils"] = utils


def in_module(module, thing):
    thing.__module__ = module.__name__
    thing.__qualname__ = thing.__name__
    setattr(module, thing.__name__, thing)
    return thing


def rebuild(name):
    def function(*arguments):
        raise NotImplementedError

    function.__name__ = name
    return in_module(utils, function)


rebuild_tensor = rebuild("_rebuild_tensor_v2")
rebuild_parameter = rebuild("_rebuild_parameter")

FORMATS = {"FloatStorage": "f", "HalfStorage": "e", "LongStorage": "q"}
for type_name in FORMATS:
    in_module(torch, type(type_name, (), {}))


class Storage:
    def __init__(self, type_name, numbers):
        self.type_name = type_name
        self.numbers = numbers

    def bytes(self):
        return struct.pack(f"<{len(self.numbers)}{FORMATS[self.type_name]}", *self.numbers)


class Tensor:
    def __init__(self, storage, offset, size, stride):
        self.arguments = (storage, offset, tuple(size), tuple(stride), False, collections.OrderedDict())

    def __reduce_ex__(self, protocol):
        return rebuild_tensor, self.arguments


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce_ex__(self, protocol):
        return rebuild_parameter, (self.tensor, True, collections.OrderedDict())


class Hostile:
    def __reduce__(self):
        return os.system, ("touch a-checkpoint-ran-this",)


class Pickler(pickle.Pickler):
    """Names storages instead of pickling them, as torch.save's pickler does."""

    def __init__(self, stream, old_format):
        super().__init__(stream, protocol=2)
        self.old_format = old_format
        self.storages = {}

    def persistent_id(self, thing):
        if not isinstance(thing, Storage):
            return None
        # The old format took a storage's address as its key.
        key = str(94501234567 + 64 * len(self.storages)) if self.old_format else str(len(self.storages))
        key = self.storages.setdefault(id(thing), (key, thing))[0]
        name = ("storage", getattr(torch, thing.type_name), key, "cuda:0" if self.old_format else "cpu", len(thing.numbers))
        return name + (None,) if self.old_format else name


def dump(thing, old_format=False):
    stream = io.BytesIO()
    pickler = Pickler(stream, old_format)
    pickler.dump(thing)
    return stream.getvalue(), [entry for entry in pickler.storages.values()]


def save_old(path, thing):
    data, storages = dump(thing, old_format=True)
    storages.sort()  # torch.save sorts the keys
    with open(path, "wb") as stream:
        for header in (
            0x1950A86A20F9469CFC6C,
            1001,
            dict(protocol_version=1001, little_endian=True, type_sizes=dict(short=2, int=4, long=4)),
        ):
            pickle.dump(header, stream, protocol=2)
        stream.write(data)
        pickle.dump([key for key, _ in storages], stream, protocol=2)
        for _, storage in storages:
            stream.write(struct.pack("<q", len(storage.numbers)) + storage.bytes())


def save_new(path, thing, folder):
    """A zip archive as PyTorch's writer makes it: stored, data on multiples of 64 by a padding field, sizes in a descriptor behind the data."""
    data, storages = dump(thing)
    entries = [("data.pkl", data), ("byteorder", b"little")]
    entries += [(f"data/{key}", storage.bytes()) for key, storage in storages]
    entries += [("version", b"3\n"), (".data/serialization_id", b"0" * 40)]
    out = io.BytesIO()
    directory = b""
    for name, content in entries:
        full = f"{folder}/{name}".encode()
        at = out.tell()
        padding = -(at + 30 + len(full) + 4) % 64
        extra = b"FB" + struct.pack("<H", padding) + b"Z" * padding
        check = zlib.crc32(content)
        out.write(struct.pack("<IHHHHHIIIHH", 0x04034B50, 0, 0x0808, 0, 0, 0, 0, 0, 0, len(full), len(extra)))
        out.write(full + extra + content)
        out.write(struct.pack("<IIII", 0x08074B50, check, len(content), len(content)))
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 0, 0, 0x0808, 0, 0, 0, check, len(content), len(content),
                                 len(full), 0, 0, 0, 0, 0, at) + full
    begin = out.tell()
    out.write(directory)
    out.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(directory), begin, 0))
    with open(path, "wb") as stream:
        stream.write(out.getvalue())


def state_dict(prefix):
    shared = Storage("FloatStorage", [float(number) for number in range(10)])
    tensors = collections.OrderedDict()
    tensors[prefix + "conv.weight"] = Parameter(Tensor(Storage("FloatStorage", [0.5, -1.25, 3.0, 1e-3, 2.0, -0.0]), 0, (3, 2, 1, 1), (2, 1, 1, 1)))
    tensors[prefix + "half"] = Tensor(Storage("HalfStorage", [1.0, -2.0, 0.25]), 0, (3,), (1,))
    tensors[prefix + "head"] = Tensor(shared, 0, (4,), (1,))
    tensors[prefix + "tail"] = Tensor(shared, 4, (2, 3), (3, 1))
    tensors[prefix + "transposed"] = Tensor(shared, 4, (3, 2), (1, 3))
    tensors[prefix + "number"] = Tensor(shared, 7, (), ())
    tensors[prefix + "empty"] = Tensor(Storage("FloatStorage", []), 0, (0, 4), (4, 1))
    tensors[prefix + "bn.num_batches_tracked"] = Tensor(Storage("LongStorage", [17]), 0, (), ())
    tensors._metadata = collections.OrderedDict([("", {"version": 1}), ("bn", {"version": 2})])
    return tensors


def main():
    save_new(os.path.join(HERE, "new.pth"), state_dict("module."), "archive")
    save_old(os.path.join(HERE, "old.pth"), {
        "epoch": 300, "rate": 2.5e-4, "best": None, "done": True, "name": "swiftnet", "sizes": [(480, 854), (240, 427, 3, 4)], 7: -70000,
        "big": 1 << 70, "state_dict": state_dict(""), "optimizer": {"state": {0: {"step": 5}}, "param_groups": [{"params": [0, 1]}]},
    })
    hostile = state_dict("")
    hostile["hostile"] = Hostile()
    save_new(os.path.join(HERE, "hostile-new.pth"), hostile, "hostile")
    save_old(os.path.join(HERE, "hostile-old.pth"), hostile)


if __name__ == "__main__":
    main()
