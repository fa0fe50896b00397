using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Mistakes in the tables that a scenario draws in.</summary>
public sealed class MistakenTableTests
{
    [TestCase("", "m.csv:1:1: the file is empty; it must begin with a header")]
    [TestCase("a,b\n1,2\n",
        "m.csv:1:1: the header is missing; the first cell must be 'from\\to_rtt_ms', followed by the "
        + "regions")]
    [TestCase("from\\to_rtt_ms,a,b\na,1,2\n",
        "m.csv:1:18: the matrix is not square: 2 columns, 1 rows; 'b' has no row")]
    [TestCase("from\\to_rtt_ms,a,b\na,1,2\nb,1\n", "m.csv:3:1: this line has 2 cells, but the header has 3")]
    [TestCase("from\\to_rtt_ms,a,b\na,1,2\nb,1,fast\n",
        "m.csv:3:5: 'fast' is not a number; write for instance 0.25")]
    [TestCase("from\\to_rtt_ms,a,b\na,1,-2\nb,1,2\n", "m.csv:2:5: -2 is negative; it must be 0 or more")]
    [TestCase("from\\to_rtt_ms,a,b\nb,1,2\na,1,2\n",
        "m.csv:2:1: row 'b' stands where 'a' is expected; rows and columns have the same order")]
    [TestCase("from\\to_rtt_ms,a,a\na,1,2\na,1,2\n", "m.csv:1:18: region 'a' stands twice")]
    [TestCase("from\\to_rtt_ms,a,b\na,1,2\nb,1,2\nc,1,2\n",
        "m.csv:4:1: row 'c' stands where the end of the file is expected; rows and columns have the "
        + "same order")]
    [TestCase("from\\to_rtt_ms,a,b\na,1,2\nb,1,2\n",
        "s.yaml:9:20: region 'us-east-1' is not in the matrix m.csv; allowed: a, b")]
    public void Matrices(string csv, string message)
    {
        using Written files = new Written().With("s.yaml",
            Written.Edited("rtt: aws", "rtt: m.csv")).With("m.csv", csv);
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    [TestCase("", "n.csv:1:1: the file is empty; it must begin with a header")]
    [TestCase("a,consensus,100,us-east-1,x\n",
        "n.csv:1:1: the header is missing; the first line must be id,role,weight,region,operator")]
    [TestCase("id,role,weight,region\n",
        "n.csv:1:1: the header lacks the column 'operator'; it needs id, role, weight, region, "
        + "operator")]
    [TestCase("id,role,weight,region,operator\n",
        "n.csv:1:1: the consensus committee is empty; at least one node needs the role 'consensus' "
        + "and a weight above 0")]
    [TestCase("id,role,weight,region,operator\na,concensus,100,us-east-1,x\n",
        "n.csv:2:3: unknown role 'concensus'; allowed: collection, consensus, execution, "
        + "verification, access (did you mean 'consensus'?)")]
    [TestCase("id,role,weight,region,operator\na,consensus,100,us-east-9,x\n",
        "n.csv:2:17: region 'us-east-9' is not in the matrix Data/aws.csv; allowed: us-east-1, "
        + "us-east-2, us-west-1, us-west-2, ca-central-1, eu-west-1, eu-central-1, eu-north-1, "
        + "ap-northeast-1, ap-southeast-1, ap-southeast-2, ap-south-1, sa-east-1, af-south-1 (did you "
        + "mean 'us-east-1'?)")]
    [TestCase("id,role,weight,region,operator\na,consensus,-1,us-east-1,x\n",
        "n.csv:2:13: -1 is out of range; allowed: 0 to 1000000000")]
    [TestCase("id,role,weight,region,operator\na,consensus,0,us-east-1,x\n",
        "n.csv:1:1: the consensus committee is empty; at least one node needs the role 'consensus' "
        + "and a weight above 0")]
    [TestCase("id,role,weight,region,operator\na,consensus,1,us-east-1,x\na,access,1,us-east-1,x\n",
        "n.csv:3:1: two nodes have the id 'a', the first in line 2")]
    [TestCase("id,role,weight,region,operator\n,consensus,1,us-east-1,x\n", "n.csv:2:1: the id is empty")]
    [TestCase("id,role,weight,region,operator\n\"a\",consensus,1,us-east-1,x\n",
        "n.csv:2:1: quoted cells are not supported")]
    public void Node_lists(string csv, string message)
    {
        using Written files = new Written()
            .With("s.yaml", Written.Edited(
                "{ consensus: 7, collection: 0, execution: 0, verification: 0, access: 0 }", "n.csv"))
            .With("n.csv", csv);
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }
}
