using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Control.Api;

/// <summary>What cannot be obeyed is refused in one clear line, and changes nothing.</summary>
public sealed class RefusalTests(RefusalTests.Shared shared) : IClassFixture<RefusalTests.Shared>
{
    private const string Objects = "/api/cameras/camera/objects";
    private readonly ControlledService _service = shared.Service;

    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"prompt":{"box":[300,200,100,100]}}""", "320x240")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"prompt":{"box":[10,10,0,5]}}""", "box")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"prompt":{"points":[{"x":-1,"y":5,"inside":true}]}}""", "320x240")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"prompt":{"points":[{"x":9,"y":5,"inside":false}]}}""", "no object")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"prompt":{"polygon":[[1,1],[2,2]]}}""", "polygon")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"prompt":{}}""", "no object")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{}""", "prompt")]
    [InlineData(HttpStatusCode.UnsupportedMediaType, """{"prompt":{"mask_png":"AAAA"}}""", "PNG")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"prompt":{"mask_rle":{"size":[240,320],"counts":"P"}}}""", "run lengths")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"name":"","prompt":{"box":[10,10,50,50]}}""", "name")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"colour":"red","prompt":{"box":[10,10,50,50]}}""", "#rrggbb")]
    [InlineData(HttpStatusCode.BadRequest, """{"prompt":{"box":"all"}}""", "$.prompt.box")]
    [InlineData(HttpStatusCode.BadRequest, """{"prompt":{"mask_png":"no base64!"}}""", "$.prompt.mask_png")]
    [InlineData(HttpStatusCode.BadRequest, """{"prompt":{"circle":[1,2,3]}}""", "circle")]
    [InlineData(HttpStatusCode.BadRequest, """{"prompt":""", "JSON")]
    [InlineData(HttpStatusCode.BadRequest, "", "JSON")]
    [InlineData(HttpStatusCode.BadRequest, "null", "null")]
    [InlineData(HttpStatusCode.BadRequest, """{"frame":"newest"}""", "$.frame: expected is a whole number")]
    [InlineData(HttpStatusCode.BadRequest, """{"prompt":{"points":[{"x":1,"y":2,"inside":"no"}]}}""", "$.prompt.points[0].inside: expected is true or false")]
    [InlineData(HttpStatusCode.BadRequest, """{"prompt":[1]}""", "$.prompt: expected is an object with box, polygon, points, mask_png, mask_rle")]
    [InlineData(HttpStatusCode.BadRequest, """{"prompt":{"polygon":[5]}}""", "expected is a list of which each entry is a number")]
    [InlineData(HttpStatusCode.BadRequest, "[]", "expected is an object with frame, name, colour, prompt")]
    [InlineData(HttpStatusCode.BadRequest, "{\n \"frame\": 1,,", "line 2, byte 13")]
    [InlineData(HttpStatusCode.Gone, """{"frame":-1,"prompt":{"box":[10,10,50,50]}}""", "not kept")]
    [InlineData(HttpStatusCode.Gone, """{"frame":99999999,"prompt":{"box":[10,10,50,50]}}""", "not kept")]
    public async Task What_cannot_be_understood_as_an_object_is_refused(HttpStatusCode status, string body, string says)
    {
        foreach (var query in (string[])["", "?preview=true"])
        {
            if (query.Length > 0 && (body.Contains("name", StringComparison.Ordinal) || body.Contains("colour", StringComparison.Ordinal)))
            {
                // A preview has no use for them.
                continue;
            }

            Assert.Contains(
                says,
                await RefusedAsync(status, await _service.SendAsync(HttpMethod.Post, Objects + query, body)),
                StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task An_image_bomb_is_refused_by_what_it_claims_before_it_is_unpacked()
    {
        // Signature and header of a PNG of 60,000 times 60,000 pixels.
        byte[] png =
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 1, 0,
            0, 0, 0, 0, 0, 0, 0,
        ];
        var why = await RefusedAsync(
            HttpStatusCode.RequestEntityTooLarge,
            await _service.SendAsync(HttpMethod.Post, Objects, new { prompt = new { mask_png = Convert.ToBase64String(png) } }));
        Assert.Contains("60000x60000", why, StringComparison.Ordinal);
        await RefusedAsync(
            HttpStatusCode.RequestEntityTooLarge,
            await _service.SendAsync(HttpMethod.Post, Objects, """{"prompt":{"mask_rle":{"size":[100000,100000],"counts":"0"}}}"""));
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_refused_whether_or_not_its_length_is_told()
    {
        var body = Encoding.ASCII.GetBytes("{\"prompt\":{\"mask_png\":\"" + new string('A', 9 << 20) + "\"}}");
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, await SendBytesAsync(body, chunked: false));
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, await SendBytesAsync(body, chunked: true));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_form_as_a_foreign_page_could_send_it_is_refused_by_its_type(string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Objects)
        {
            Content = new StringContent("""{"prompt":{"box":[10,10,50,50]}}"""),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        await RefusedAsync(HttpStatusCode.UnsupportedMediaType, await _service.Http.SendAsync(request, Cancellation));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    public async Task Pages_of_other_sites_can_command_nothing(string header, string value)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Post, Objects), (HttpMethod.Patch, Objects + "/1"), (HttpMethod.Delete, Objects), (HttpMethod.Put, "/api/cameras/camera/memory") })
        {
            await RefusedAsync(
                HttpStatusCode.Forbidden,
                await _service.SendAsync(method, path, new { prompt = new { box = (int[])[10, 10, 50, 50] } }, (header, value)));
        }
    }

    [Fact]
    public async Task The_services_own_pages_can()
    {
        var own = $"http://{_service.Http.BaseAddress!.Authority}";
        using var answer = await _service.SendAsync(
            HttpMethod.Post,
            Objects + "?preview=true",
            new { prompt = new { box = (int[])[10, 60, 50, 50] } },
            ("Origin", own),
            ("Sec-Fetch-Site", "same-origin"));
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode}");
    }

    [Theory]
    [InlineData("GET", "/api/cameras/yard/objects")]
    [InlineData("GET", "/api/cameras/yard/snapshot.jpg")]
    [InlineData("GET", "/api/cameras/yard/memory")]
    [InlineData("DELETE", Objects + "/7")]
    [InlineData("DELETE", Objects + "/0")]
    [InlineData("DELETE", Objects + "/256")]
    [InlineData("DELETE", Objects + "/one")]
    [InlineData("PATCH", Objects + "/7")]
    [InlineData("POST", Objects + "/7/corrections")]
    [InlineData("GET", "/api/nothing")]
    public async Task What_there_is_not_is_not_found(string method, string path) =>
        await RefusedAsync(
            HttpStatusCode.NotFound,
            await _service.SendAsync(HttpMethod.Parse(method), path, method == "GET" ? null : new { }));

    [Theory]
    [InlineData("POST", Objects + "?preview=maybe", "preview=maybe: must be true or false.")]
    [InlineData("POST", Objects + "/1/corrections?preview=2", "preview=2: must be true or false.")]
    [InlineData("GET", "/api/cameras/camera/snapshot.jpg?frame=newest", "frame=newest: must be a whole number.")]
    public async Task A_parameter_that_cannot_be_read_is_named_with_what_it_must_be(string method, string path, string says) =>
        Assert.Equal(
            says,
            await RefusedAsync(
                HttpStatusCode.BadRequest, await _service.SendAsync(HttpMethod.Parse(method), path, method == "GET" ? null : new { })));

    [Theory]
    [InlineData("/")]
    [InlineData("/page/app.js")]
    [InlineData("/status")]
    [InlineData("/stream.mjpg")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/cameras")]
    [InlineData("/api/cameras/camera/snapshot.jpg")]
    [InlineData(Objects)]
    [InlineData("/api/events")]
    public async Task Each_address_answers_HEAD_like_GET_without_a_body(string path)
    {
        using var get = await _service.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var head = await _service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancellation);
        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task A_frame_no_longer_kept_and_one_that_never_was_are_gone()
    {
        Assert.Contains(
            "Take a newer one",
            await RefusedAsync(
                HttpStatusCode.Gone,
                await _service.Http.GetAsync("/api/cameras/camera/snapshot.jpg?frame=-5", Cancellation)),
            StringComparison.Ordinal);
        await RefusedAsync(
            HttpStatusCode.BadRequest,
            await _service.Http.GetAsync("/api/cameras/camera/snapshot.jpg?frame=newest", Cancellation));
    }

    [Fact]
    public async Task A_file_that_holds_no_objects_is_refused_and_the_list_stays()
    {
        foreach (var file in new[] { [], Encoding.ASCII.GetBytes("no memory at all"), new byte[4096] })
        {
            await RefusedAsync(
                HttpStatusCode.UnprocessableEntity,
                await _service.SendAsync(HttpMethod.Put, "/api/cameras/camera/memory", file));
        }

        await RefusedAsync(
            HttpStatusCode.UnsupportedMediaType,
            await _service.SendAsync(HttpMethod.Put, "/api/cameras/camera/memory", "{}"));
        await RefusedAsync(HttpStatusCode.Conflict, await _service.Http.GetAsync("/api/cameras/camera/memory", Cancellation));
    }

    [Fact]
    public async Task Without_the_token_nothing_is_told_and_nothing_obeyed()
    {
        await using var service = await StartWithTokenAsync("correct horse battery staple");
        foreach (var header in new[] { ("Authorization", "Bearer wrong horse battery staple"), ("X-Nothing", "1") })
        {
            foreach (var path in new[] { "/api/cameras", "/api/cameras/camera/snapshot.jpg", Objects, "/api/events" })
            {
                await RefusedAsync(HttpStatusCode.Unauthorized, await service.SendAsync(HttpMethod.Get, path, null, header));
            }

            await RefusedAsync(
                HttpStatusCode.Unauthorized,
                await service.SendAsync(HttpMethod.Post, Objects, new { prompt = new { box = (int[])[1, 1, 9, 9] } }, header));
            using var description = await service.SendAsync(HttpMethod.Get, "/openapi/v1.json", null, header);
            Assert.Equal(HttpStatusCode.Unauthorized, description.StatusCode);
        }

        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "correct horse battery staple");
        await service.AddDiscAsync();
    }

    [Fact]
    public async Task What_privacy_hides_no_snapshot_shows()
    {
        await using var service = await StartAsync(
            s => s with { Output = s.Output with { Privacy = new PrivacyOptions { Hide = Hidden.Objects } } });
        Assert.Contains(
            "Output:Privacy",
            await RefusedAsync(HttpStatusCode.Conflict, await service.Http.GetAsync("/api/cameras/camera/snapshot.jpg", Cancellation)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_control_there_is_no_camera_to_command()
    {
        await using var service = await StartWithoutFramesAsync(s => s with { Objects = s.Objects with { Control = false } });
        Assert.Empty(await service.CamerasAsync());
        await RefusedAsync(HttpStatusCode.NotFound, await service.Http.GetAsync(Objects, Cancellation));
    }

    private async Task<HttpResponseMessage> SendBytesAsync(byte[] body, bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Objects) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = chunked;

        // So that the refusal is read though the body is not.
        request.Headers.ExpectContinue = true;
        return await _service.Http.SendAsync(request, Cancellation);
    }

    /// <summary>One service for all of them; in the end nothing has changed.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal ControlledService Service { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Service = await StartAsync();

        public async ValueTask DisposeAsync()
        {
            var list = await Service.ObjectsAsync();
            await Service.DisposeAsync();
            Assert.Equal((0, 0), (list.GetProperty("revision").GetInt64(), list.GetProperty("objects").GetArrayLength()));
        }
    }
}
