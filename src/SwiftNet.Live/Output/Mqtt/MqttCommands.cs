using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using SwiftNet.Live.Control;

namespace SwiftNet.Live.Output.Mqtt;

/// <summary>Executes commands from a camera's MQTT command topic in order, and answers: <c>{"id":…,"ok":true,"status":201,"result":{…}}</c>
/// or <c>{"id":…,"ok":false,"status":409,"detail":"…"}</c>.</summary>
internal sealed class MqttCommands(CameraControl camera)
{
    private const int Waiting = 16;
    private const int LargestCommand = 8 << 20;
    private readonly Channel<byte[]> _commands = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Queues a received command. When the queue is full, the oldest is discarded.</summary>
    public void Put(byte[] command) => _commands.Writer.TryWrite(command);

    /// <summary>Executes commands until cancelled.</summary>
    /// <param name="answer">Publishes an answer.</param>
    /// <param name="cancellation">Ends the execution.</param>
    public async Task ServeAsync(Func<byte[], Task> answer, CancellationToken cancellation)
    {
        try
        {
            await foreach (var command in _commands.Reader.ReadAllAsync(cancellation))
            {
                await answer(await ObeyAsync(command, cancellation));
            }
        }
        catch (Exception)
        {
            // The connection is lost or the service stops; the owner of the connection handles both.
        }
    }

    private async Task<byte[]> ObeyAsync(byte[] message, CancellationToken cancellation)
    {
        MqttCommand? command = null;
        try
        {
            command = message.Length > LargestCommand
                ? throw new ControlRefusedException(
                    Refusal.TooLarge, $"The command has {message.Length} bytes; the limit is {LargestCommand}.")
                : JsonSerializer.Deserialize(message, ControlJson.Default.MqttCommand)
                    ?? throw new ControlRefusedException(Refusal.Malformed, "The command is null; an object is expected.");
            return await ObeyAsync(command, cancellation);
        }
        catch (JsonException e)
        {
            return Refuse(command, Refusal.Malformed, ControlJsonText.Describe(e, ControlJson.Default.MqttCommand));
        }
        catch (ControlRefusedException e)
        {
            return Refuse(command, e.Why, e.Message);
        }
    }

    private async Task<byte[]> ObeyAsync(MqttCommand command, CancellationToken cancellation)
    {
        var ask = new Ask { Frame = command.Frame, Name = command.Name, Colour = command.Colour, Prompt = command.Prompt };
        switch (command.Do)
        {
            case "preview":
                return Answer(
                    command,
                    200,
                    await camera.ProposeAsync(ask, command.Object, command.Revision, cancellation),
                    ControlJson.Default.Proposal);
            case "add":
                return Answer(
                    command, 201, (await camera.AddAsync(ask, command.Revision, cancellation)).Object, ControlJson.Default.FollowedObject);
            case "correct":
                return Answer(
                    command,
                    200,
                    (await camera.CorrectAsync(Object(command), ask, command.Revision, cancellation)).Object,
                    ControlJson.Default.FollowedObject);
            case "change":
                var change = new Change { Name = command.Name, Colour = command.Colour, Paused = command.Paused };
                return Answer(
                    command,
                    200,
                    (await camera.ChangeAsync(Object(command), change, command.Revision, cancellation)).Object,
                    ControlJson.Default.FollowedObject);
            case "remove":
                await camera.RemoveAsync(Object(command), command.Revision, cancellation);
                return Answer<FollowedObject>(command, 204, null, ControlJson.Default.FollowedObject);
            case "reset":
                await camera.ResetAsync(command.Revision, cancellation);
                return Answer<FollowedObject>(command, 204, null, ControlJson.Default.FollowedObject);
            default:
                throw new ControlRefusedException(Refusal.Malformed, "\"do\" must be preview, add, correct, change, remove or reset.");
        }
    }

    private static byte Object(MqttCommand command) =>
        command.Object ?? throw new ControlRefusedException(Refusal.Malformed, $"\"object\" is missing; it is required for {command.Do}.");

    private static byte[] Answer<T>(MqttCommand command, int status, T? result, JsonTypeInfo<T> type)
        where T : class => Write(command, ok: true, status, json =>
    {
        if (result is not null)
        {
            json.WritePropertyName("result"u8);
            JsonSerializer.Serialize(json, result, type);
        }
    });

    private static byte[] Refuse(MqttCommand? command, Refusal why, string detail) =>
        Write(command, ok: false, (int)why, json => json.WriteString("detail"u8, detail));

    private static byte[] Write(MqttCommand? command, bool ok, int status, Action<Utf8JsonWriter> more)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("id"u8);
            if (command?.Id is { } id)
            {
                id.WriteTo(json);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteBoolean("ok"u8, ok);
            json.WriteNumber("status"u8, status);
            more(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
