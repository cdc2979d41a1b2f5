-- What a fleet keeps in PostgreSQL. Run whenever a box starts; what is there stays.
CREATE TABLE IF NOT EXISTS fleet_epochs (
    cluster text NOT NULL, name text NOT NULL, epoch bigint NOT NULL, PRIMARY KEY (cluster, name));
CREATE TABLE IF NOT EXISTS fleet_values (
    cluster text NOT NULL, key text NOT NULL, value bytea NOT NULL, PRIMARY KEY (cluster, key));

-- The boxes as Orleans sees them: its ADO.NET provider asks by the statements that it finds in OrleansQuery.
CREATE TABLE IF NOT EXISTS fleet_membership (
    deployment text PRIMARY KEY, version integer NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS fleet_members (
    deployment text NOT NULL, address text NOT NULL, port integer NOT NULL, generation integer NOT NULL,
    silo text NOT NULL, host text NOT NULL, status integer NOT NULL, proxy integer,
    suspects text, started timestamptz NOT NULL, alive timestamptz NOT NULL,
    PRIMARY KEY (deployment, address, port, generation));
CREATE TABLE IF NOT EXISTS OrleansQuery (QueryKey varchar(64) PRIMARY KEY, QueryText varchar(8000) NOT NULL);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
    WITH added AS (INSERT INTO fleet_membership (deployment) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM added'),
('InsertMembershipKey', '
    WITH turn AS (
        UPDATE fleet_membership SET version = version + 1
        WHERE deployment = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT 1 FROM fleet_members WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING 1),
    added AS (
        INSERT INTO fleet_members (deployment, address, port, generation, silo, host, status, proxy, started, alive)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turn
        RETURNING 1)
    SELECT count(*)::integer FROM added'),
('UpdateMembershipKey', '
    WITH turn AS (
        UPDATE fleet_membership SET version = version + 1 WHERE deployment = @DeploymentId AND version = @Version RETURNING 1),
    changed AS (
        UPDATE fleet_members SET status = @Status, suspects = @SuspectTimes, alive = @IAmAliveTime FROM turn
        WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM changed'),
('UpdateIAmAlivetimeKey', '
    UPDATE fleet_members SET alive = @IAmAliveTime
    WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('MembershipReadRowKey', '
    SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo AS SiloName, m.host AS HostName,
        m.status AS Status, m.proxy AS ProxyPort, m.suspects AS SuspectTimes, m.started AS StartTime, m.alive AS IAmAliveTime
    FROM fleet_membership v LEFT JOIN fleet_members m
        ON m.deployment = v.deployment AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.deployment = @DeploymentId'),
('MembershipReadAllKey', '
    SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo AS SiloName, m.host AS HostName,
        m.status AS Status, m.proxy AS ProxyPort, m.suspects AS SuspectTimes, m.started AS StartTime, m.alive AS IAmAliveTime
    FROM fleet_membership v LEFT JOIN fleet_members m ON m.deployment = v.deployment
    WHERE v.deployment = @DeploymentId'),
('DeleteMembershipTableEntriesKey', '
    WITH members AS (DELETE FROM fleet_members WHERE deployment = @DeploymentId)
    DELETE FROM fleet_membership WHERE deployment = @DeploymentId'),
('GatewaysQueryKey', '
    SELECT address AS Address, proxy AS ProxyPort, generation AS Generation
    FROM fleet_members WHERE deployment = @DeploymentId AND status = @Status AND proxy > 0'),
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM fleet_members WHERE deployment = @DeploymentId AND alive < @IAmAliveTime AND status <> 3'),
('CleanupDefunctSiloEntryKey', '
    DELETE FROM fleet_members
    WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status <> 3')
ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
