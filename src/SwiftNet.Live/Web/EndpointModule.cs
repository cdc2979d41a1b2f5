using Microsoft.AspNetCore.Builder;

namespace SwiftNet.Live.Web;

/// <summary>Additional endpoints of another module, served behind the same token.</summary>
/// <param name="Map">Maps the endpoints.</param>
internal sealed record EndpointModule(Action<WebApplication> Map);
