using Microsoft.AspNetCore.Builder;

namespace SwiftNet.Live.Web;

/// <summary>What another part of the service serves beside the status page, behind the same token.</summary>
/// <param name="Map">Maps it.</param>
internal sealed record WebPart(Action<WebApplication> Map);
