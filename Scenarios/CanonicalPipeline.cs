using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.Network;
using FlowSim.Upgrades;

namespace FlowSim.Scenarios;

/// <summary>The parts of a canonical spec about the transaction pipeline and the software.</summary>
/// <remarks>
/// Written by reflection, property by property in the order of their names: a switch that somebody adds to one of the
/// specs is never forgotten here.
/// </remarks>
public static class CanonicalPipeline
{
    /// <summary>Writes the pipeline and what its work costs.</summary>
    public static void Write(Utf8JsonWriter json, PipelineSpec pipeline, ProcessingSpec processing)
    {
        json.WritePropertyName("pipeline");
        Write(json, pipeline);
        json.WritePropertyName("costs");
        Write(json, processing);
    }

    /// <summary>Writes protocol state and epochs.</summary>
    public static void Write(Utf8JsonWriter json, ProtocolSpec protocol)
    {
        json.WritePropertyName("protocol");
        Write(json, (object)protocol);
    }

    /// <summary>Writes images, rollouts and what operators do.</summary>
    public static void Write(Utf8JsonWriter json, UpgradeSpec upgrade)
    {
        json.WritePropertyName("upgrade");
        Write(json, (object)upgrade);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case Quantiles quantiles:
                json.WriteStringValue(CanonicalSpec.HashOf(quantiles));
                break;
            case NodeSet nodes:
                json.WriteStringValue(string.Join(' ', nodes.Members.ToArray()));
                break;
            case SemanticVersion version:
                json.WriteStringValue(version.ToString());
                break;
            case Height or View:
                json.WriteStringValue(value.ToString());
                break;
            case string or Enum or IConvertible:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list) Write(json, item);
                json.WriteEndArray();
                break;
            default:
                WriteProperties(json, value);
                break;
        }
    }

    private static void WriteProperties(Utf8JsonWriter json, object value)
    {
        json.WriteStartObject();
        if (value.GetType().BaseType is { IsAbstract: true } family && family != typeof(ValueType))
            json.WriteString("kind", value.GetType().Name);
        foreach (PropertyInfo property in value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(property.Name);
            Write(json, property.GetValue(value));
        }

        json.WriteEndObject();
    }
}
