using TorchSharp;

namespace SwiftNet.Network;

/// <summary>Finds the device and number format that were asked for.</summary>
internal static class Devices
{
    /// <summary>The device called <paramref name="name"/>: auto, cpu, cuda or cuda:N.</summary>
    /// <exception cref="DeviceException">There is no such device.</exception>
    public static torch.Device Find(string name)
    {
        if (name is "cpu" || (name is "auto" && !torch.cuda.is_available()))
        {
            return torch.CPU;
        }

        var number = 0;
        if (name is not ("auto" or "cuda")
            && !(name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out number) && number >= 0))
        {
            throw new DeviceException($"Device '{name}' is not known; choose auto, cpu or cuda:N.");
        }

        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (number >= count)
        {
            throw new DeviceException(count == 0
                ? $"Device '{name}' is not there: this build or machine has no CUDA device. Use cpu or auto, or build with "
                    + "-p:TorchBackend=cuda on a machine with an NVIDIA driver."
                : $"Device '{name}' is not there: this machine has {count} CUDA device(s), cuda:0 to cuda:{count - 1}.");
        }

        // Two more bits than half precision has, at its speed; what stays float32 stays accurate enough.
        torch.backends.cuda.matmul.allow_tf32 = true;
        torch.backends.cudnn.allow_tf32 = true;
        return torch.device(DeviceType.CUDA, number);
    }
}
